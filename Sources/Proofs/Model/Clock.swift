import Calendars
import Workflows

/// The moments that matter in a slice and do not hang on when something happened. Each passes once; what is known to come earlier
/// passes earlier.
struct Clock {
    struct Tick: Hashable {
        /// The name of a deadline, or the text of a rule; the same in all workflows about the meeting only where it names a moment
        /// of the records.
        var name: String
        /// Before the meeting, its start, its planned end, after it; nil where nothing is known of the order.
        var rank: Int?
    }

    private(set) var ticks: [Tick] = []

    /// Beyond so many, moments pass in any order and at any time.
    static let limit = 8

    /// The number of the moment, which is followed from now on; nil where there are too many.
    mutating func follow(_ name: String, rank: Int?) -> Int? {
        if let known = number(of: name) { return known }
        guard ticks.count < Self.limit else { return nil }
        ticks.append(Tick(name: name, rank: rank))
        return ticks.count - 1
    }

    func number(of name: String) -> Int? { ticks.firstIndex { $0.name == name } }

    /// Whether the moment can be the next to pass.
    func mayPass(_ number: Int, after passed: UInt64) -> Bool {
        guard passed & (1 << UInt64(number)) == 0 else { return false }
        guard let rank = ticks[number].rank else { return true }
        return ticks.indices.allSatisfy { other in
            guard let earlier = ticks[other].rank, earlier < rank else { return true }
            return passed & (1 << UInt64(other)) != 0
        }
    }

    /// What a rule's moment is reckoned by among the moments of the meeting.
    static func rank(_ text: String) -> Int? {
        switch text {
        case "meeting.start": 1
        case "meeting.end": 2
        case _ where text.hasSuffix(" before meeting.start"): 0
        case _ where text.hasSuffix(" after meeting.end"): 3
        default: nil
        }
    }
}

extension Workflow {
    /// Whether the rule, or a deadline that it names, counts from the entry of a state.
    func counts(_ rule: DeadlineRule) -> Bool {
        if rule.countsFromEntry { return true }
        return rule.anchors.contains { anchor in
            guard anchor.path.count == 1, let other = deadlines[anchor.path[0]] else { return false }
            return other.countsFromEntry
        }
    }

    /// The rule in full where it does no more than name a deadline.
    func spelledOut(_ rule: DeadlineRule) -> String { deadlines[rule.text]?.text ?? rule.text }
}
