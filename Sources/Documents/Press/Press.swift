import Foundation

/// The programs on this machine that make print of pages, found at run time: none of them is needed to build or run Mandate.
///
/// PDF is made by WeasyPrint, else by Chromium; Word documents by pandoc. Where nothing fits, the failure says what to install.
public struct Press: Sendable {
    /// A program by what it is, with the names under which it may be found.
    public enum Tool: String, CaseIterable, Sendable {
        case weasyprint, chromium, pandoc, libreoffice, qpdf

        var names: [String] {
            switch self {
            case .weasyprint: ["weasyprint"]
            case .chromium: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
            case .pandoc: ["pandoc"]
            case .libreoffice: ["soffice", "libreoffice"]
            case .qpdf: ["qpdf"]
            }
        }
    }

    /// Where each tool that was found lies.
    public let programs: [Tool: String]

    public init(programs: [Tool: String]) { self.programs = programs }

    /// Looks along a search path, as a shell does.
    public static func find(along path: String? = nil) -> Press {
        let path = path ?? ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        let folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
        var programs: [Tool: String] = [:]
        for tool in Tool.allCases {
            let candidates = folders.flatMap { folder in tool.names.map { "\(folder)/\($0)" } }
            programs[tool] = candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
        }
        return Press(programs: programs)
    }

    /// The same press without some of its tools.
    public func without(_ tools: Tool...) -> Press { Press(programs: programs.filter { !tools.contains($0.key) }) }

    public func has(_ tool: Tool) -> Bool { programs[tool] != nil }
}

/// Why something could not be printed.
public enum PressFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// No program is installed that does it: `what` is done by any of `tools`.
    case notInstalled(what: String, tools: [String], instead: String)
    case failed(program: String, reason: String)

    public var description: String {
        switch self {
        case .notInstalled(let what, let tools, let instead):
            "\(what) needs \(tools.joined(separator: " or ")), and none is installed here: install one "
                + "(`apt-get install \(tools.first?.lowercased() ?? "")`), or \(instead)"
        case .failed(let program, let reason): "\(program) failed: \(reason)"
        }
    }
}
