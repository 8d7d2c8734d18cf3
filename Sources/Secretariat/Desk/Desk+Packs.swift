public import Documents
public import Governance
import Workflows

/// An agenda pack as it was bound.
public struct BoundPack: Sendable {
    public let pdf: [UInt8]
    /// The papers that could not be bound, with the reason; a sheet that says so stands in their place.
    public let left: [String]
}

// Agenda packs.
extension Desk {
    /// One PDF: the list of papers and the agenda with pages i, ii, iii, then the papers from page 1 on.
    ///
    /// Pages are numbered over all papers, whoever reads and whatever is shown, so that a page has one number in every pack of the
    /// meeting: in the public's, in a member's, in a supplement.
    public func pack(
        of id: ID, for reader: ID?, isSupplement: Bool = false, by press: Press = .find()
    ) throws -> BoundPack {
        let request = PaperRequest(document: AgendaView.document, meeting: id, reader: reader)
        let papers = Papers(facts(at: now, story: try story(of: request)))
        let meeting = try papers.meeting(id)
        let all = papers.packed(meeting, for: reader)
        let shown = isSupplement ? papers.supplement(among: all) : all
        if isSupplement, shown.isEmpty {
            throw PaperFailure("no papers have gone out since the first ones: there is no supplement")
        }
        var binding = PackBinding(desk: self, press: press)
        try binding.read(all, shown: Set(shown.map(\.paper.id)))
        let front = try papers.pack(id, reader: reader, isSupplement: isSupplement, pages: binding.pages)
        return try binding.bound(
            front: front, agenda: isSupplement ? nil : try papers.agenda(id, reader: reader), words: papers.words(for: meeting))
    }
}

/// The parts of a pack as they come together.
private struct PackBinding {
    let desk: Desk
    let press: Press
    var parts: [PackPart] = []
    /// By paper: `12 to 19`.
    var pages: [ID: String] = [:]
    var left: [String] = []
    private var next = 1

    init(desk: Desk, press: Press) {
        self.desk = desk
        self.press = press
    }

    private var library: TemplateLibrary { desk.workspace.templates }

    mutating func read(_ papers: [PackedPaper], shown: Set<ID>) throws {
        for it in papers {
            let part = try part(of: it)
            if shown.contains(it.paper.id), !it.isHidden {
                let last = next + part.pages - 1
                pages[it.paper.id] = part.pages == 1 ? "\(next)" : "\(next) to \(last)"
                parts.append(
                    PackPart(title: "\(it.reference): \(it.paper.title)", part: part, first: next, mark: it.reference))
            }
            next += part.pages
        }
    }

    /// The paper as PDF, or a sheet that says why it is not here.
    private mutating func part(of it: PackedPaper) throws -> BoundPart {
        guard let hash = it.paper.file else { return try sheet(for: it, because: "no file was given for it") }
        let name = it.paper.fileName ?? ""
        let bytes = try desk.file(hash)
        do {
            if let pdf = try press.pdf(ofPaper: bytes, named: name, title: it.paper.title, by: library) {
                return try press.part(ofPDF: pdf)
            }
        } catch PressFailure.failed(_, let reason) {
            return try sheet(for: it, because: "the file `\(name)` could not be read: \(reason)")
        }
        return try sheet(for: it, because: "the file `\(name)` is neither PDF, Word, Markdown nor text")
    }

    private mutating func sheet(for it: PackedPaper, because reason: String) throws -> BoundPart {
        if !it.isHidden { left.append("\(it.reference), \(it.paper.title): \(reason)") }
        let view = MissingPaperView(reference: it.reference, title: it.paper.title, reason: reason)
        return try press.part(
            ofPDF: press.pdf(fromHTML: library.render("missing-paper", view.viewValue, as: .html, isPart: true)))
    }

    func bound(front: PackView, agenda: AgendaView?, words: String) throws -> BoundPack {
        var fronts: [PackPart] = []
        var first = 1
        for (title, view) in [("Papers in this pack", front as any DocumentView)] + (agenda.map { [("Agenda", $0)] } ?? []) {
            let page = try library.render(type(of: view).document, view.viewValue, as: .html, isPart: true)
            let part = try press.part(ofPDF: press.pdf(fromHTML: page))
            fronts.append(PackPart(title: title, part: part, first: first, isFront: true))
            first += part.pages
        }
        let title = "\(front.meeting.body): \(front.status ?? "agenda pack"), \(words)"
        return BoundPack(
            pdf: try press.bound(fronts + parts, title: title, language: library.language), left: left)
    }
}
