import CampaignCore
import Dashboard
import Testing

/// A filter stays the same in an address, in a form, and on the way back.
@Suite struct PeopleQueryTests {
    @Test func `an address says everything that was chosen, whatever was written`() throws {
        var query = PeopleQuery()
        (query.state, query.reason, query.instance) = (.failed, "refused", "i&A=1")
        (query.answer, query.delivery) = (.notAnswered, .delivered)
        query.text = "José \"><script>alert(1)</script> 100% #1"
        query.expression = "attempts > 1 and [Nome do Cliente] != Ana"
        let address = query.address("/campaigns/c/people", after: "failed.0.17")
        #expect(address.hasPrefix("/campaigns/c/people?") && !address.contains("<") && !address.contains("\""))
        let read = try PeopleQuery(FormFields(encoded: address.drop { $0 != "?" }.dropFirst()))
        #expect(read.values.map(\.value) == query.values.map(\.value) && read.after == "failed.0.17")
        query.after = "failed.0.17"
        #expect(read == query)
        var form = FormFields()
        for (name, value) in query.values { form.append(name, value) }
        query.after = nil
        #expect(try PeopleQuery(form) == query)
    }

    @Test func `what was not chosen is not in the address`() throws {
        #expect(PeopleQuery().address("/people") == "/people" && PeopleQuery().isAll)
        let empty = try PeopleQuery(FormFields(encoded: "state=&reason=&text=+&where=&after="))
        #expect(empty.isAll && empty == PeopleQuery())
    }

    @Test(arguments: ["state=gone", "answer=perhaps", "delivery=%00"])
    func `a word that is none of ours is refused`(query: String) {
        #expect(throws: DashboardError.self) { try PeopleQuery(FormFields(encoded: query)) }
    }
}
