import CampaignCore
import CampaignFile
import Testing

@Suite struct BadYAMLTests {
    @Test(arguments: [
        Expectation("", " the file is empty: write at least name and instances."),
        Expectation("# only a remark\n", " the file is empty: write at least name and instances."),
        Expectation("---\n", " the file is empty: write at least name and instances."),
        Expectation(
            "- name: a",
            "1: the file is not a mapping of keys to values: begin with a line such as name: my-campaign."
        ),
        Expectation(
            "just words",
            "1: the file is not a mapping of keys to values: begin with a line such as name: my-campaign."
        ),
        Expectation(
            "name: a\nworkers: 3\nworkers: 4",
            "2: `workers` is written more than once in the same mapping: keep one of them."
        ),
        Expectation(
            "name: a\n---\nname: b",
            """
            2: invalid YAML at column 1 (expected a single document in the stream but found another document): \
            write one document, with aliases after their anchors.
            """
        ),
        Expectation(
            "name: *nobody",
            "1: invalid YAML at column 7 (found undefined alias): write one document, with aliases after their anchors."
        ),
        Expectation(
            "name: a\n\tworkers: 3",
            """
            2: invalid YAML at column 1 (found a tab character that violates indentation while scanning a plain \
            scalar): check indentation, brackets and quotes.
            """
        ),
        Expectation(
            "name: a\npace: {calls: 6, per: 1m\nworkers: 3",
            """
            3: invalid YAML at column 8 (did not find expected ',' or '}' while parsing a flow mapping): \
            check indentation, brackets and quotes.
            """
        ),
        Expectation(
            "name: a\nworkers: \u{1}",
            """
            2: the file cannot be read as YAML (control characters are not allowed): \
            remove the characters that are not text.
            """
        ),
    ])
    func `broken YAML is refused with its place`(_ expectation: Expectation<String>) {
        #expect(Example.complaints(about: expectation.text) == [expectation.result])
    }

    @Test func `a broken file never shows its lines`() {
        let text = Example.minimal(token: "a-literal-secret: {", adding: "")
        let complaints = Example.complaints(about: text)
        #expect(!complaints.isEmpty)
        #expect(!complaints.joined().contains("secret"))
    }

    @Test func `entries shared by an alias are read like written out ones`() throws {
        let text = """
            name: reminders
            instances:
              - {name: a, id: I1, token: "${ZAPI_INSTANCE_TOKEN}", pace: &slow {calls: 1, per: 1m}}
              - {name: b, id: I2, token: "${ZAPI_INSTANCE_TOKEN}", pace: *slow}
            """
        let campaign = try Example.parse(text)
        let slow = InstancePace.every(Pace(calls: 1, per: .seconds(60)))
        #expect(campaign.instances.map(\.pace) == [slow, slow])
    }
}
