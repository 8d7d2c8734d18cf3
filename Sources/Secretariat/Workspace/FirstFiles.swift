import Foundation

/// The files with which a workspace begins.
enum FirstFiles {
    static func settings(society: String) -> String {
        """
        # The settings of this workspace. Workflows/ and Templates/ beside it hold your own files, which go before those shipped.

        society: \(quoted(society))

        # The zone in which meetings are held, the rules by which they are called, and the days that are no working days.
        zone: Europe/London
        rules: informal-partnership
        holidays: england-and-wales        # or `none`

        # Values of your own in the place of the rule pack's, for every body (or under a body's name, for that one):
        # policies:
        #   notice: 7 clear days
        #   quorum: {minimum: 4}

        # The hour at which a reminder without one of its own goes out.
        reminders_at: "08:00"

        # When nothing leaves that can wait, and how reminders come to those who have not said (`mandate channel`): now, digest (one mail a
        # day), statutory (none, only what has to be sent).
        # quiet_hours: {from: "21:00", to: "07:00"}
        # channel: digest

        # Who acts where the command line does not say (--as): an e-mail address or a name that is unique.
        # acting_as: secretary@example.org

        # How messages leave. A maildir keeps them in a folder, for trying things out; sendmail hands them to a program, smtp to a server:
        #   transport: sendmail
        #   path: /usr/sbin/sendmail
        #   arguments: [-i]
        #
        #   transport: smtp
        #   host: mail.example.org
        #   security: starttls                 # or `tls`, or `none`
        #   user: secretariat@example.org
        #   password: {file: mail.password}    # or {variable: NAME}, of the environment
        #   authorities: ca.pem                # only where the server's certificate is of an authority of your own
        # Papers go along with the mail that circulates them, up to so many megabytes together (`papers_up_to: 0`: none); restricted ones never.
        post:
          from: Secretariat <secretariat@localhost>
          transport: maildir
          folder: mail
          papers_up_to: 2

        # Answers by mail: with an address to answer to, each reminder carries links by which its reader does what it asks for. `mandate inbox`
        # (beside `mandate remind`) reads the maildir into which that address is delivered.
        # answers:
        #   to: answers@example.org
        #   inbox: inbox

        # roster.csv holds everybody in one file; `kind` says what a line is, and which cells it uses (the others stay empty):
        #   body          name
        #   organisation  name
        #   person        name, email                       (not needed where another line gives both)
        #   seat          body, organisation, seat, rights  (rights: vote, speak, facts...; vote if empty)
        #                 marks                             (a column of its own; what a quorum asks for: independent external)
        #   term          name or email, body, seat, start, end   (dates as 2026-04-01)
        #   substitute    name or email, body, seat         (in the order in which they are asked)
        #   role          name or email, role, body         (chair, vice_chair, secretary, attendee)
        #   role          name or email, role, organisation (coordinator, elector)
        #   constituency  name or email, organisation       (those reported back to)

        # Bodies that differ from the above, by name.
        # bodies:
        #   Health Partnership Board:
        #     rules: england-principal-council

        """
    }

    /// A text as YAML takes it whatever it holds.
    private static func quoted(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case _ where scalar.properties.generalCategory == .control: escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return "\"\(escaped)\""
    }

    /// A roster may hold all its kinds of line in one file; which cells a line uses depends on its kind.
    static let roster = """
        kind,name,email,body,organisation,seat,role,start,end,rights

        """
}
