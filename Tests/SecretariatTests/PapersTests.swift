import Documents
import Governance
import Testing
import Workflows

@testable import Secretariat

@Test("dump") func dump() throws {
    var it = try Partnership()
    try it.hold()
    let papers = it.papers()
    for view in [
        try papers.agenda("m1", reader: Partnership.asha, isMailed: true), try papers.agenda("m1"),
        try papers.minutes("m1", reader: Partnership.secretary),
        try papers.minutes("m1"), try papers.declarations("m1", reader: Partnership.chair),
        try papers.register("b1"), try papers.checklist(Partnership.asha),
        try papers.checklist(Partnership.secretary, isMailed: true),
    ] as [any DocumentView] {
        print("=================", type(of: view).document)
        print(try library.render(type(of: view).document, view.viewValue, as: .text))
    }
    for document in ["agenda", "supplement", "invitation", "apology", "reminder", "escalation", "minutes"] {
        for mailing in it.mailings(document).suffix(1) {
            print("=================", mailing.document, mailing.at, mailing.to)
            let mail = try papers.message(for: mailing, to: mailing.to[0], from: library)
            print(mail.subject, "\n", mail.text)
        }
    }
    for r in it.standing.cases(of: "representative") where r.subjects[.representative] == it.representative(Partnership.asha) {
        print("=================", r.id, r.active)
        if r.subjects[.meeting] == "m1" { print(try papers.text(document: "feedback_report", ofCase: r.id, from: library)) }
    }
}
