import ArgumentParser
import Secretariat

struct MeetingDecide: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "decide", abstract: "Record a decision.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: MeetingHelp.item)
    var item: String

    @Argument(help: "The decision in words.")
    var decision: String

    @Flag(help: "It was not carried.")
    var lost = false

    @Option(name: .customLong("for"), help: ArgumentHelp("Votes for.", valueName: "n"))
    var votesFor: String?

    @Option(name: .customLong("against"), help: ArgumentHelp("Votes against.", valueName: "n"))
    var votesAgainst: String?

    @Option(help: ArgumentHelp("Abstentions.", valueName: "n"))
    var abstained: String?

    @Option(help: ArgumentHelp("Who took part, if fewer than might have; say it once for each.", valueName: "person"))
    var tookPart: [String] = []

    @Option(help: "Why fewer took part than might have.")
    var reason: String?

    func fill(_ request: inout Request, in session: Session) {
        request.command = "decide"
        request.meeting = meeting
        request.item = item
        request.fill("decision", decision)
        request.fill("carried", lost ? "no" : nil)
        request.fill("votes_for", votesFor)
        request.fill("votes_against", votesAgainst)
        request.fill("abstained", abstained)
        for person in tookPart { request.fill("took_part", person) }
        request.fill("reason", reason)
    }
}
