// swift-tools-version: 6.2
import PackageDescription

/// One room of the house: what it may import of ours, what of others', and why it is allowed.
///
/// The table is the law of the arrows: they run one way, downwards, and a test reads every `import` in `Sources` and holds
/// it to this table.
struct Room {
    var name: String
    var imports: [String] = []
    var theirs: [Target.Dependency] = []
    var settings: [SwiftSetting] = []
    var tested = true
}

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let rooms: [Room] = [
    Room(name: "Diagnostics"),
    Room(name: "YAML", imports: ["Diagnostics", "CLibYAML"]),
    Room(name: "CEL", imports: ["Diagnostics", "CRE2"]),
    Room(name: "Statecharts", imports: ["CEL", "Diagnostics"]),
    Room(name: "Calendars", imports: ["Diagnostics"]),
    Room(name: "Workflows", imports: ["Diagnostics", "YAML", "CEL", "Statecharts", "Calendars"]),
    Room(name: "Proofs", imports: ["Diagnostics", "YAML", "CEL", "Statecharts", "Calendars", "Workflows"]),
    Room(name: "Governance", imports: ["Diagnostics", "CEL", "Statecharts", "Calendars", "Workflows"]),
    Room(name: "Journals", theirs: [grdb, crypto]),
    Room(name: "Documents", imports: ["Diagnostics", "CMarkdown", "CLibical"], theirs: [mustache]),
    Room(name: "Post", imports: ["CLibCurl"]),
    Room(
        name: "Secretariat",
        imports: [
            "Diagnostics", "YAML", "CEL", "Statecharts", "Calendars", "Workflows", "Proofs", "Governance", "Journals",
            "Documents", "Post",
        ]),
    // Not part of the program: what is tried on it at length.
    Room(
        name: "Trials",
        imports: [
            "Diagnostics", "CEL", "Calendars", "Workflows", "Governance", "Journals", "Documents", "Post", "Secretariat",
        ],
        theirs: [grdb]),
]

// Each flag with its reason: the language mode keeps data races out, and no warning survives.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// `MANDATE_ROOM=Calendars swift test` builds that room alone, with what it imports, and runs its tests in seconds.
let chosen: Set<String>? = Context.environment["MANDATE_ROOM"].map { name in
    var wanted: Set<String> = [name]
    for room in rooms.reversed() where wanted.contains(room.name) { wanted.formUnion(room.imports) }
    return wanted
}

func isWanted(_ name: String) -> Bool { chosen?.contains(name) ?? true }

var targets: [Target] = [
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CMarkdown", pkgConfig: "libcmark-gfm", providers: [.apt(["libcmark-gfm-dev"])]),
    .systemLibrary(name: "CLibical", providers: [.apt(["libical-dev"])]),
    .systemLibrary(name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
].filter { isWanted($0.name) }

for room in rooms where isWanted(room.name) {
    targets.append(
        .target(
            name: room.name,
            dependencies: room.imports.map { .target(name: $0) } + room.theirs,
            swiftSettings: settings))
    if room.tested && (chosen == nil || room.name == Context.environment["MANDATE_ROOM"]) {
        targets.append(
            .testTarget(
                name: room.name + "Tests",
                dependencies: [.target(name: room.name)] + room.imports.map { .target(name: $0) } + room.theirs,
                swiftSettings: settings))
    }
}

if chosen == nil {
    targets.append(
        .executableTarget(
            name: "mandate",
            dependencies: rooms.filter { $0.name != "Trials" }.map { .target(name: $0.name) } + [arguments],
            swiftSettings: settings))
    targets.append(
        .testTarget(
            name: "mandateTests",
            dependencies: ["mandate"] + rooms.map { .target(name: $0.name) },
            swiftSettings: settings))
}

if chosen == nil {
    let measured = [
        "Diagnostics", "CEL", "Statecharts", "Calendars", "Workflows", "Proofs", "Secretariat", "Trials", "Documents",
    ]
    targets.append(
        .executableTarget(
            name: "mandate-bench",
            dependencies: measured.map { .target(name: $0) } + [arguments],
            swiftSettings: settings))
}

let package = Package(
    name: "mandate",
    products: chosen == nil
        ? [
            .executable(name: "mandate", targets: ["mandate"]),
            .executable(name: "mandate-bench", targets: ["mandate-bench"]),
        ] : [],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    ],
    targets: targets,
    cxxLanguageStandard: .cxx17
)
