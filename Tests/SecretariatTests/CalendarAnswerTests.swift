import Documents
import Foundation
import Governance
import Journals
import Post
import Testing

@testable import Secretariat

/// Answers that calendar programs send for their users.
@Suite struct CalendarAnswerTests {
    private func uid(_ house: Correspondence, _ person: String) throws -> String {
        try #require(try house.mails(to: person).compactMap { try house.calendar(in: $0) }.last?.entries.first?.uid)
    }

    /// As Google Calendar answers: a program's mail with the calendar as text and as a file.
    private func google(_ uid: String, _ answer: String, sequence: Int = 0, method: String = "REPLY") -> String {
        """
        MIME-Version: 1.0
        Reply-To: Ann Archer <ann@example.org>
        Sender: Google Calendar <calendar-notification@google.com>
        Auto-Submitted: auto-generated
        Message-ID: <calendar-\(answer)\(sequence)\(uid.suffix(4))@google.com>
        From: Ann Archer <ann@example.org>
        To: answers@example.org
        Subject: Accepted: Health Board
        Content-Type: multipart/mixed; boundary="0000ab"

        --0000ab
        Content-Type: multipart/alternative; boundary="0000cd"

        --0000cd
        Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes

        Ann Archer has answered this invitation.

        --0000cd
        Content-Type: text/calendar; charset="UTF-8"; method=\(method)
        Content-Transfer-Encoding: 7bit

        BEGIN:VCALENDAR
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:\(method)
        BEGIN:VEVENT
        DTSTART:20260512T130000Z
        DTEND:20260512T150000Z
        DTSTAMP:20260402T100000Z
        ORGANIZER;CN=Secretariat:mailto:answers@example.org
        UID:\(uid)
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=\(answer);CN=Ann
         Archer;X-NUM-GUESTS=0:mailto:ann@example.org
        SEQUENCE:\(sequence)
        STATUS:CONFIRMED
        SUMMARY:Health Board
        END:VEVENT
        END:VCALENDAR

        --0000cd--

        --0000ab
        Content-Type: application/ics; name="invite.ics"
        Content-Disposition: attachment; filename="invite.ics"

        BEGIN:VCALENDAR
        END:VCALENDAR
        --0000ab--
        """
    }

    @Test("Google: accepted is attendance, declined afterwards an apology, and neither twice")
    func google() throws {
        let house = try Correspondence.called()
        let uid = try uid(house, "ann")
        let ann = try house.desk.lookup().person("ann")
        try house.deliver(google(uid, "ACCEPTED"))
        #expect(try house.read() == [.done(command: "accept", person: ann)])
        #expect(try house.attends("ann"))
        try house.deliver(google(uid, "ACCEPTED").replacingOccurrences(of: "<calendar-", with: "<again-"))
        #expect(try house.read() == [.done(command: "accept", person: ann)])
        #expect(try house.desk.entries().count { $0.entry.name == "accept" } == 1)
        try house.deliver(google(uid, "DECLINED"))
        #expect(try house.read() == [.done(command: "apologise", person: ann)])
        #expect(try house.states(of: "ann").contains { $0.hasPrefix("serving.attendance.before.apologised") })
        #expect(try house.answers(to: "ann").isEmpty, "who answers in a calendar is not written to for it")
    }

    @Test("Outlook: base64, with its own table of the zone and its own names of things")
    func outlook() throws {
        let house = try Correspondence.called()
        let calendar = """
            BEGIN:VCALENDAR
            METHOD:REPLY
            PRODID:Microsoft Exchange Server 2010
            VERSION:2.0
            BEGIN:VTIMEZONE
            TZID:GMT Standard Time
            BEGIN:STANDARD
            DTSTART:16010101T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0000
            RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            END:VTIMEZONE
            BEGIN:VEVENT
            ATTENDEE;PARTSTAT=DECLINED;CN=Ann Archer:MAILTO:ANN@example.org
            COMMENT;LANGUAGE=en-GB:Sorry\\n
            UID:\(try uid(house, "ann"))
            SUMMARY;LANGUAGE=en-GB:Declined: Health Board
            DTSTART;TZID=GMT Standard Time:20260512T140000
            DTEND;TZID=GMT Standard Time:20260512T160000
            CLASS:PUBLIC
            DTSTAMP:20260402T100000Z
            SEQUENCE:0
            X-MICROSOFT-CDO-APPT-SEQUENCE:0
            END:VEVENT
            END:VCALENDAR
            """.replacingOccurrences(of: "\n", with: "\r\n")
        let encoded = Data(calendar.utf8).base64EncodedString(options: .lineLength76Characters)
        try house.deliver(
            """
            From: "Archer, Ann" <ann@example.org>
            To: answers@example.org
            Subject: Declined: Health Board
            Message-ID: <LO2P1@GBRP123.PROD.OUTLOOK.COM>
            Content-Type: multipart/alternative; boundary="_000_"
            X-MS-Has-Attach:

            --_000_
            Content-Type: text/plain; charset="us-ascii"

            Sorry

            --_000_
            Content-Type: text/calendar; charset="utf-8"; method=REPLY
            Content-Transfer-Encoding: base64

            \(encoded)
            --_000_--
            """)
        #expect(try house.read() == [.done(command: "apologise", person: house.desk.lookup().person("ann"))])
    }

    @Test("Apple: the calendar as a file beside the text")
    func apple() throws {
        let house = try Correspondence.called()
        try house.deliver(
            """
            From: Ann Archer <ann@example.org>
            Subject: =?utf-8?Q?Accepted=3A_Health_Board?=
            Message-Id: <A1@icloud.com>
            Mime-Version: 1.0
            Content-Type: multipart/mixed; boundary=Apple-Mail-1

            --Apple-Mail-1
            Content-Type: text/plain; charset=utf-8

            Ann Archer accepted your invitation.
            --Apple-Mail-1
            Content-Disposition: attachment; filename=iCal.ics
            Content-Type: text/calendar; method=REPLY; charset=utf-8; name=iCal.ics
            Content-Transfer-Encoding: quoted-printable

            BEGIN:VCALENDAR=0D=0AMETHOD:REPLY=0D=0AVERSION:2.0=0D=0ABEGIN:VEVENT=0D=0AUID:\(try uid(house, "ann"))=0D=0AORGANIZER:mailto:answers@example.org=0D=0AATTENDEE;CN=3DAnn;PARTSTAT=3DACCEPTED:mailto:ann@example.org=0D=0ASEQUENCE:0=0D=0ADTSTAMP:20260402T100000Z=0D=0AEND:VEVENT=0D=0AEND:VCALENDAR=0D=0A
            --Apple-Mail-1--
            """)
        #expect(try house.read() == [.done(command: "accept", person: house.desk.lookup().person("ann"))])
    }

    @Test("\"maybe\" is neither, and asked again; another time proposed is for the secretary to read")
    func tentative() throws {
        let house = try Correspondence.called()
        let uid = try uid(house, "ann")
        try house.deliver(google(uid, "TENTATIVE"))
        let outcomes = try house.read()
        #expect(outcomes.first?.word == "refused")
        #expect(try house.answers(to: "ann") == ["Not done: Your calendar's answer"])
        #expect(try house.links(to: "ann", titled: "Send apologies") != nil)
        try house.deliver(google(uid, "TENTATIVE", method: "COUNTER").replacingOccurrences(of: "<calendar-", with: "<counter-"))
        let countered = try house.read()
        #expect(countered.first?.word == "passedOn")
        #expect(try !house.attends("ann") && house.desk.entries().allSatisfy { $0.entry.name != "apologise" })
    }

    @Test("whoever has a member's invitation without their address takes nobody off: the secretary judges it")
    func passedOn() throws {
        let house = try Correspondence.called()
        let mail = google(try uid(house, "ann"), "DECLINED")
        for (number, sender) in ["evil@x.example", "bob@example.org"].enumerated() {
            try house.deliver(
                mail.replacingOccurrences(of: "From: Ann Archer <ann@example.org>", with: "From: Ann Archer <\(sender)>")
                    .replacingOccurrences(of: "<calendar-", with: "<\(number)-"))
        }
        #expect(try house.read().map(\.word) == ["passedOn", "passedOn"])
        #expect(try house.desk.entries().allSatisfy { $0.entry.name != "apologise" })
        let owed = try house.owed(by: "sam")
        #expect(owed.count { $0 == "Judge a mail that answers for Ann Archer from another address" } == 2)
        #expect(try house.desk.messages().allSatisfy { !$0.address.contains("evil") })
    }

    @Test("an answer to the invitation before the last is told so; one under another's name, or from a list, is nobody's")
    func refused() throws {
        let house = try Correspondence.called()
        let (ann, bob) = (try uid(house, "ann"), try uid(house, "bob"))
        try house.deliver(google(bob, "ACCEPTED"))
        try house.deliver(google(ann, "DECLINED").replacingOccurrences(of: "Sender: ", with: "List-Id: <x.y>\nSender: "))
        let strange = try house.read()
        #expect(!strange.contains { $0.word == "done" }, "\(strange)")
        try house.give("reschedule", by: "sam", ["start": "2026-05-19 14:00"])
        #expect(try uid(house, "ann") == ann)
        try house.deliver(google(ann, "ACCEPTED"))
        let old = try house.read()
        #expect((old.first?.refusal?.contains("moved") == true), "\(old)")
        try house.deliver(google(ann, "ACCEPTED", sequence: 1))
        #expect(try house.read() == [.done(command: "accept", person: house.desk.lookup().person("ann"))])
    }
}
