import Foundation

/// Binds PDFs to one: pages in order with their numbers stamped on them, a bookmark for each part, the tags of those that have them.
struct Binder {
    /// One part that goes in.
    struct Part {
        var title: String
        var file: PDFFile
        /// The number of its first page.
        var first: Int
        /// Numbered i, ii, iii.
        var isFront: Bool
        /// What stands before the number: `Paper 3`.
        var mark: String?
    }

    private var bound = PDFFile()
    private var next = 4
    private var pages: [PDFValue] = []
    private var bookmarks: [Int] = []
    private var labels: [PDFValue] = []
    /// The parts of the tree of tags, and whose tag each marked piece of a page is.
    private var tags: [PDFValue] = []
    private var parents: [PDFValue] = []
    private var nextParent = 0
    private var roles: [String: PDFValue] = [:]

    private static let catalogue = 1
    private static let tree = 2
    private static let font = 3

    /// The parts as one file.
    static func bind(_ parts: [Part], language: String) -> PDFFile {
        var binder = Binder()
        for part in parts { binder.add(part) }
        return binder.finished(language: language)
    }

    private mutating func newNumber() -> Int {
        defer { next += 1 }
        return next
    }

    private mutating func add(_ part: Part) {
        let (base, parentBase) = (next, nextParent)
        next += part.file.highest + 1
        let root = part.file.resolved(.reference(part.file.root))
        let isTagged = part.file.resolved(root?["/StructTreeRoot"]) != nil
        let destinations = destinations(in: part.file)
        let change = { (value: PDFValue) in
            Self.carried(value, base: base, parentBase: isTagged ? parentBase : nil, destinations)
        }
        for (number, object) in part.file.objects {
            bound.objects[number + base] = PDFFile.Object(value: object.value.mapped(change), stream: object.stream)
        }
        let own = part.file.pages()
        labels += [.whole(pages.count), label(of: part)]
        for (place, page) in own.enumerated() {
            var map = page.value.mapped(change).map ?? [:]
            map["/Parent"] = .reference(Self.tree)
            if !isTagged { map["/StructParents"] = nil }
            stamp(&map, part, place)
            bound.objects[page.number + base]?.value = .map(map)
            pages.append(.reference(page.number + base))
        }
        if let first = own.first { addBookmark(part, page: first.number + base, root?["/Outlines"], base) }
        if isTagged { addTags(part, root, base, parentBase) }
        bound.objects[part.file.root + base] = nil
    }

    /// A value in its new place: references, keys of tags and named destinations are the binding's.
    private static func carried(
        _ value: PDFValue, base: Int, parentBase: Int?, _ destinations: [String: PDFValue]
    ) -> PDFValue {
        if let number = value.reference { return .reference(number + base) }
        guard var map = value.map else { return value }
        for key in ["/StructParents", "/StructParent"] {
            if let own = map[key]?.whole { map[key] = parentBase.map { .whole(own + $0) } }
        }
        // The names were looked up before references moved, so what they lead to moves now.
        let moved = { (name: String) in
            destinations[name].map { $0.mapped { $0.reference.map { .reference($0 + base) } ?? $0 } }
        }
        if let name = map["/Dest"]?.text, let found = moved(name) { map["/Dest"] = found }
        if map["/S"] == .text("/GoTo"), let name = map["/D"]?.text, let found = moved(name) { map["/D"] = found }
        return .map(map)
    }

    /// Where the names of a file lead.
    private func destinations(in file: PDFFile) -> [String: PDFValue] {
        let root = file.resolved(.reference(file.root))
        var found: [String: PDFValue] = [:]
        for (name, value) in file.leaves(of: file.resolved(root?["/Names"])?["/Dests"], "/Names") {
            guard let name = name.text, let value = file.resolved(value) else { continue }
            found[name] = value["/D"] ?? value
        }
        for (name, value) in file.resolved(root?["/Dests"])?.map ?? [:] {
            guard let value = file.resolved(value) else { continue }
            found[name] = value["/D"] ?? value
        }
        return found
    }

    private mutating func finished(language: String) -> PDFFile {
        bound.objects[Self.font] = PDFFile.Object(
            value: .map([
                "/Type": .text("/Font"), "/Subtype": .text("/Type1"), "/BaseFont": .text("/Helvetica"),
                "/Encoding": .text("/WinAnsiEncoding"),
            ]))
        bound.objects[Self.tree] = PDFFile.Object(
            value: .map(["/Type": .text("/Pages"), "/Kids": .list(pages), "/Count": .whole(pages.count)]))
        var catalogue: [String: PDFValue] = [
            "/Type": .text("/Catalog"), "/Pages": .reference(Self.tree), "/Lang": .text("u:" + language),
            "/PageLabels": .map(["/Nums": .list(labels)]), "/PageMode": .text("/UseOutlines"),
            "/ViewerPreferences": .map(["/DisplayDocTitle": .flag(true)]), "/MarkInfo": .map(["/Marked": .flag(!tags.isEmpty)]),
        ]
        catalogue["/Outlines"] = outlines()
        catalogue["/StructTreeRoot"] = tagTree()
        bound.objects[Self.catalogue] = PDFFile.Object(value: .map(catalogue))
        bound.root = Self.catalogue
        return bound
    }
}

// Bookmarks.
extension Binder {
    /// One for the part, over those that it has itself.
    private mutating func addBookmark(_ part: Part, page: Int, _ outlines: PDFValue?, _ base: Int) {
        let number = newNumber()
        var item: [String: PDFValue] = [
            "/Title": .text("u:" + part.title), "/Dest": .list([.reference(page), .text("/Fit")]),
        ]
        if let own = part.file.resolved(outlines), let first = own["/First"]?.reference, let last = own["/Last"]?.reference {
            var inner = Optional(first)
            var count = 0
            var seen: Set<Int> = []
            while let current = inner, seen.insert(current).inserted {
                if var map = bound.objects[current + base]?.value.map {
                    map["/Parent"] = .reference(number)
                    bound.objects[current + base]?.value = .map(map)
                }
                count += 1
                inner = part.file.objects[current]?.value["/Next"]?.reference
            }
            item["/First"] = .reference(first + base)
            item["/Last"] = .reference(last + base)
            // Closed: what is inside shows once it is asked for.
            item["/Count"] = .whole(-count)
        }
        bound.objects[number] = PDFFile.Object(value: .map(item))
        bookmarks.append(number)
    }

    private mutating func outlines() -> PDFValue? {
        guard let first = bookmarks.first, let last = bookmarks.last else { return nil }
        let root = newNumber()
        for (place, number) in bookmarks.enumerated() {
            guard var map = bound.objects[number]?.value.map else { continue }
            map["/Parent"] = .reference(root)
            map["/Prev"] = place > 0 ? .reference(bookmarks[place - 1]) : nil
            map["/Next"] = place + 1 < bookmarks.count ? .reference(bookmarks[place + 1]) : nil
            bound.objects[number]?.value = .map(map)
        }
        bound.objects[root] = PDFFile.Object(
            value: .map([
                "/Type": .text("/Outlines"), "/First": .reference(first), "/Last": .reference(last),
                "/Count": .whole(bookmarks.count),
            ]))
        return .reference(root)
    }
}

// Tags.
extension Binder {
    private mutating func addTags(_ part: Part, _ root: PDFValue?, _ base: Int, _ parentBase: Int) {
        guard let own = part.file.resolved(root?["/StructTreeRoot"]) else { return }
        let number = newNumber()
        let kids = own["/K"].map { part.file.resolved($0)?.list ?? [$0] } ?? []
        let moved = kids.compactMap { $0.reference.map { $0 + base } }
        for kid in moved {
            guard var map = bound.objects[kid]?.value.map else { continue }
            map["/P"] = .reference(number)
            bound.objects[kid]?.value = .map(map)
        }
        bound.objects[number] = PDFFile.Object(
            value: .map([
                "/Type": .text("/StructElem"), "/S": .text("/Part"), "/T": .text("u:" + part.title),
                "/K": .list(moved.map { .reference($0) }),
            ]))
        tags.append(.reference(number))
        var highest = -1
        for (key, value) in part.file.leaves(of: own["/ParentTree"], "/Nums") {
            guard let key = key.whole else { continue }
            highest = max(highest, key)
            parents += [.whole(key + parentBase), value.mapped { $0.reference.map { .reference($0 + base) } ?? $0 }]
        }
        nextParent = parentBase + max(highest + 1, own["/ParentTreeNextKey"]?.whole ?? 0)
        roles.merge(part.file.resolved(own["/RoleMap"])?.map ?? [:]) { first, _ in first }
    }

    private mutating func tagTree() -> PDFValue? {
        guard !tags.isEmpty else { return nil }
        let root = newNumber()
        let document = newNumber()
        for tag in tags {
            guard let number = tag.reference, var map = bound.objects[number]?.value.map else { continue }
            map["/P"] = .reference(document)
            bound.objects[number]?.value = .map(map)
        }
        bound.objects[document] = PDFFile.Object(
            value: .map([
                "/Type": .text("/StructElem"), "/S": .text("/Document"), "/P": .reference(root), "/K": .list(tags),
            ]))
        bound.objects[root] = PDFFile.Object(
            value: .map([
                "/Type": .text("/StructTreeRoot"), "/K": .list([.reference(document)]), "/RoleMap": .map(roles),
                "/ParentTree": .map(["/Nums": .list(parents)]), "/ParentTreeNextKey": .whole(nextParent),
            ]))
        return .reference(root)
    }
}

// Page numbers.
extension Binder {
    private func label(of part: Part) -> PDFValue {
        .map(["/S": .text(part.isFront ? "/r" : "/D"), "/St": .whole(part.first)])
    }

    /// Writes the page's number at its foot, outside of what is tagged, whichever way the page is turned.
    private mutating func stamp(_ page: inout [String: PDFValue], _ part: Part, _ place: Int) {
        let number = part.isFront ? Self.roman(part.first + place) : "page \(part.first + place)"
        let words = part.mark.map { "\($0) \u{B7} \(number)" } ?? number
        let box = bound.resolved(page["/CropBox"] ?? page["/MediaBox"])?.list?.compactMap { bound.resolved($0)?.number } ?? []
        let corners = box.count == 4 ? box : [0, 0, 595, 842]
        let turned = ((bound.resolved(page["/Rotate"])?.whole ?? 0) % 360 + 360) % 360
        let before = newNumber()
        let after = newNumber()
        bound.objects[before] = Self.stream("q\n")
        bound.objects[after] = Self.stream(PageStamp(words: words, corners: corners, turned: turned).content)
        let own = bound.resolved(page["/Contents"])?.list ?? page["/Contents"].map { [$0] } ?? []
        page["/Contents"] = .list([.reference(before)] + own + [.reference(after)])
        var resources = bound.resolved(page["/Resources"])?.map ?? [:]
        var fonts = bound.resolved(resources["/Font"])?.map ?? [:]
        fonts["/MandateStamp"] = .reference(Self.font)
        resources["/Font"] = .map(fonts)
        page["/Resources"] = .map(resources)
    }

    private static func stream(_ content: [UInt8]) -> PDFFile.Object {
        PDFFile.Object(value: .map([:]), stream: Data(content).base64EncodedString())
    }

    private static func stream(_ content: String) -> PDFFile.Object { stream(Array(content.utf8)) }

    static func roman(_ number: Int) -> String {
        var rest = max(0, number)
        var text = ""
        for (worth, letters) in [
            (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
            (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
        ] {
            while rest >= worth {
                text += letters
                rest -= worth
            }
        }
        return text
    }
}
