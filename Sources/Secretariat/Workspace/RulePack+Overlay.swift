import Calendars
import Diagnostics
import Workflows

extension RulePack {
    /// Puts a body's own policy in the place of the pack's; answers what is wrong with it, nil if nothing is.
    mutating func lay(_ text: String, over name: String) -> String? {
        switch name {
        case "notice", "agenda", "papers": return layPeriod(text, over: name)
        case "deferrals_allowed":
            guard let number = Int(text), (0...Self.mostDeferrals).contains(number) else {
                return "`\(text)` is no number of deferrals"
            }
            deferralsAllowed = number
        case "inquorate_item":
            guard let policy = InquorateItem(rawValue: text) else { return "`\(text)` is neither `defer` nor `next_business`" }
            inquorateItem = policy
        case "quorum": return layShare(text)
        case "quorum_minimum":
            guard let number = Int(text), number >= 0 else { return "`\(text)` is no number of members" }
            quorum.minimum = number
        default:
            let near = nearestName(to: name, among: Self.overlays).map { "; did you mean `\($0)`?" } ?? ""
            return "a body has no policy `\(name)` of its own: expected \(oneOf(Self.overlays))\(near)"
        }
        return nil
    }

    private static let mostDeferrals = 100
    private static let overlays = [
        "notice", "agenda", "papers", "deferrals_allowed", "inquorate_item", "quorum", "quorum_minimum",
    ]

    private mutating func layPeriod(_ text: String, over name: String) -> String? {
        switch CountedPeriod.parse(text) {
        case .success(let period):
            periods[name] = PolicyPeriod(period, policy: "the body's own", source: Workspace.settingsName)
            return nil
        case .failure(let problem): return "`\(text)` is no period: \(problem.message)"
        }
    }

    /// `1/3` as the share of the base that must be there.
    private mutating func layShare(_ text: String) -> String? {
        let parts = text.split(separator: "/").compactMap { Int($0) }
        guard parts.count == 2, parts[0] >= 0, parts[1] > 0, parts[0] <= parts[1] else {
            return "`\(text)` is no share such as 1/3"
        }
        quorum.numerator = parts[0]
        quorum.denominator = parts[1]
        return nil
    }
}
