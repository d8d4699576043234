import CampaignCore
import Testing

@testable import Dashboard

@Suite struct ListChoicesTests {
    @Test func `an empty form leaves everything to be recognized`() throws {
        #expect(try ListChoices(FormFields(encoded: "phone1=&name=&delimiter=&encoding=&skipLines=")) == ListChoices())
    }

    @Test func `everything that is chosen changes the text that an import refers to`() throws {
        let forms = [
            "", "phone1=2", "phone1=3", "phone1=2&phone2=3", "phone1=3&phone2=2", "name=0", "name=1", "ddd=1",
            "delimiter=tab", "encoding=CP850", "sheet=a", "sheet=a%3Bhidden%3Dskip", "hidden=skip", "skipLines=1",
            "noHeader=yes", "split=yes", "mobileOnly=yes", "replace=yes", "strict=yes", "skipCalled=1",
        ]
        let texts = try forms.map { try ListChoices(FormFields(encoded: $0)).text }
        #expect(Set(texts).count == forms.count)
    }

    @Test(arguments: [
        "phone1=0", "phone1=-1", "phone1=x", "phone1=99999999", "delimiter=%3A", "encoding=ebcdic", "hidden=all",
        "skipLines=-1", "skipLines=1e3", "skipCalled=0", "skipCalled=99999",
    ])
    func `what no form offers is refused`(form: String) {
        #expect(throws: DashboardError.self) { try ListChoices(FormFields(encoded: form)) }
    }
}
