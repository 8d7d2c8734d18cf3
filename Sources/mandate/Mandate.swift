import ArgumentParser

/// The command: composition root, one file per subcommand, no rule of its own.
@main
struct Mandate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mandate",
        abstract: "Turns a code of conduct into a working routine around meetings.",
        version: "0.2.0",
        groupedSubcommands: [
            CommandGroup(name: "To begin with", subcommands: [DemoCommand.self, InitCommand.self]),
            CommandGroup(
                name: "For representatives",
                subcommands: [
                    ChecklistCommand.self, DoCommand.self, TickCommand.self, DraftCommand.self, ReportCommand.self,
                    InterestCommand.self, RolePackCommand.self, HandoverCommand.self, CalendarCommand.self, ChannelCommand.self,
                    WhyCommand.self,
                ]),
            CommandGroup(
                name: "For secretaries",
                subcommands: [
                    MeetingCommand.self, AgendaCommand.self, PackCommand.self, AttendanceCommand.self, ScriptCommand.self,
                    DeclarationsCommand.self,
                    MinutesCommand.self, ActionsCommand.self, NoticeCommand.self,
                    ForecastCommand.self, DeadlineCommand.self, AdoptHolidaysCommand.self, AdoptRulesCommand.self,
                    LogCommand.self,
                ]),
            CommandGroup(
                name: "For coordinators",
                subcommands: [
                    ImportCommand.self, ExportCommand.self, RegisterCommand.self, PaperCommand.self, DirectoryCommand.self,
                    AccountabilityCommand.self, CoverageCommand.self,
                ]),
            CommandGroup(
                name: "For cron",
                subcommands: [RemindCommand.self, InboxCommand.self, OutboxCommand.self, DoctorCommand.self]),
            CommandGroup(
                name: "For whoever keeps the record",
                subcommands: [
                    VerifyCommand.self, HeadCommand.self, BackupCommand.self, RestoreCommand.self, RebuildCommand.self,
                    PersonCommand.self,
                ]),
            CommandGroup(
                name: "For authors",
                subcommands: [
                    CheckCommand.self, DiagramCommand.self, SimulateCommand.self, MigrateCommand.self, SchemaCommand.self,
                    DebugCommand.self,
                ]),
        ])
}
