import Calendars
import Documents
public import Governance
import Workflows

/// A paper in its place in the pack of its meeting.
struct PackedPaper {
    var paper: Paper
    /// `Paper 3`.
    var reference: String
    var item: Item?
    /// Kept from the reader; its pages are counted all the same, so that the numbers are the same for everyone.
    var isHidden: Bool
}

// What goes into an agenda pack.
extension Papers {
    /// The papers in the order in which their pages are numbered: what was circulated first comes first, within that in the order of
    /// the agenda. So the numbers of what has gone out never change, and a supplement goes on from them. What is not circulated yet
    /// comes last, and is there for the secretary and the chair.
    func packed(_ meeting: Meeting, for reader: ID?) -> [PackedPaper] {
        let places = Dictionary(uniqueKeysWithValues: meeting.papers.enumerated().map { ($1, $0) })
        let itemPlaces = Dictionary(uniqueKeysWithValues: meeting.items.enumerated().map { ($1, $0) })
        func order(_ paper: Paper) -> (Instant, Int, Int) {
            (
                paper.circulated ?? .latest, paper.item.flatMap { itemPlaces[$0] } ?? -1,
                places[paper.id] ?? Int.max
            )
        }
        return records.papers(of: meeting.id).filter { $0.circulated != nil || isOfficer(reader, of: meeting.body) }
            .sorted { order($0) < order($1) }.map { paper in
                PackedPaper(
                    paper: paper, reference: places[paper.id].map { "Paper \($0 + 1)" } ?? "Paper",
                    item: paper.item.flatMap { records.items[$0] }, isHidden: isHidden(paper, from: reader))
            }
    }

    /// Those that went out last, if some went out before them.
    func supplement(among packed: [PackedPaper]) -> [PackedPaper] {
        let times = Set(packed.compactMap(\.paper.circulated)).sorted()
        guard times.count > 1, let last = times.last else { return [] }
        return packed.filter { $0.paper.circulated == last }
    }

    /// The front of a pack.
    /// - Parameter pages: by paper, once they were counted.
    public func pack(
        _ id: ID, reader: ID? = nil, isSupplement: Bool = false, pages: [ID: String] = [:], isMailed: Bool = false
    ) throws -> PackView {
        let meeting = try meeting(id)
        let all = packed(meeting, for: reader)
        let shown = isSupplement ? supplement(among: all) : all
        return PackView(
            meeting: view(of: meeting), letter: isMailed ? letter(to: reader, body: meeting.body) : nil,
            date: moment(now, for: meeting.body), status: isSupplement ? "Supplement" : nil,
            papers: shown.filter { !$0.isHidden }.map { view(of: $0, meeting, pages[$0.paper.id]) },
            withheld: shown.count { $0.isHidden }, secretary: secretary(of: meeting.body))
    }

    private func view(of it: PackedPaper, _ meeting: Meeting, _ pages: String?) -> PackPaperView {
        var notes = [mark(it.paper.restrictedUntil, for: meeting.body)].compactMap(\.self)
        if it.paper.circulated == nil { notes.append("not circulated yet") }
        if it.paper.file == nil { notes.append("no file was given") }
        return PackPaperView(
            reference: it.reference, title: it.paper.title, item: it.item.map { "\(number(of: $0)). \($0.title)" },
            pages: pages,
            note: notes.joined(separator: "; ").nonEmpty)
    }
}
