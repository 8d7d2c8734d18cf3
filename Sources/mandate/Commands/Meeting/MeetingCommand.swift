import ArgumentParser
import Calendars

struct MeetingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meeting", abstract: "Plan, call, hold and record meetings.",
        groupedSubcommands: [
            CommandGroup(
                name: "Before",
                subcommands: [
                    MeetingPlan.self, MeetingSeries.self, MeetingItem.self, MeetingPaper.self, MeetingNotice.self,
                    MeetingAgenda.self,
                    MeetingCirculate.self, MeetingReschedule.self, MeetingCancel.self,
                ]),
            CommandGroup(
                name: "During",
                subcommands: [
                    MeetingPreside.self, MeetingOpen.self, MeetingArrive.self, MeetingDepart.self, MeetingRoll.self,
                    MeetingOpenItem.self, MeetingDecide.self, MeetingNote.self, MeetingDefer.self, MeetingResume.self,
                    MeetingMoveOn.self, MeetingPlace.self, MeetingEnd.self,
                ]),
            CommandGroup(name: "Any time", subcommands: [MeetingList.self, MeetingShow.self, MeetingAmend.self]),
        ])
}

/// How the meeting of a subcommand is named.
enum MeetingHelp {
    static let meeting: ArgumentHelp = "The meeting: an id, next, last, or a date."
    static let item: ArgumentHelp = "The item: its number on the agenda, its id, or its title."
}

/// How the times of a meeting are written.
enum MeetingTime {
    /// An end without a date is meant on the day of the start.
    static func end(_ end: String, after start: String) -> String {
        guard CivilTime(end) != nil, let day = start.split(whereSeparator: { $0 == " " || $0 == "T" }).first else { return end }
        return "\(day) \(end)"
    }
}
