import CampaignCore
import CampaignFile
import Foundation
import TestJSON
import Testing

/// The JSON schema that editors use, compared with the reader.
@Suite struct CampaignSchemaTests {
    let schema: JSONSchema

    init() throws {
        schema = try JSONSchema.campaign.get()
    }

    @Test(arguments: ReferenceSection.all)
    func `the schema has the keys that the reader knows, and no others`(section: ReferenceSection) throws {
        let part = try #require(section.part(of: schema))
        #expect(Set(part["properties"]?.members.keys.map(\.self) ?? []) == section.keys)
        #expect(part["additionalProperties"] == .truth(false))
    }

    @Test(arguments: [
        "unknown: 1", "columns: {unknown: a}", "call: {duration: 5, unknown: 1}", SampleFile.instances("unknown: 1"),
        "pace: {calls: 6, per: 1m, unknown: 1}", "retry: {unknown: 1}", "health: {every: 60s, unknown: 1}",
        SampleFile.instances("pace: {calls: 6, per: 1m, unknown: 1}"), "brake: {failures: 50%, over: 20, unknown: 1}",
        "window: {timezone: UTC, days: [mon], from: \"09:00\", to: \"18:00\", unknown: 1}",
        "redial: {notAnswered: {attempts: 2, after: 3h}, answered: 1}",
        "redial: {notAnswered: {attempts: 2, after: 3h, unknown: 1}}", "perPerson: {unansweredInARow: 3, unknown: 1}",
        "optOut: {unknown: []}", "notify: {url: \"${NOTIFY_URL}\", secret: \"${NOTIFY_SECRET}\", unknown: 1}",
    ])
    func `both refuse a key that is not known`(line: String) throws {
        let text = SampleFile.completed(line)
        #expect(try !schema.accepts(JSONValue(yaml: text)))
        #expect(SampleFile.complaints(about: text).count == 1)
    }

    @Test(arguments: SchemaCase.accepted)
    func `both accept what is right`(line: String) throws {
        let text = SampleFile.completed(line)
        #expect(try schema.accepts(JSONValue(yaml: text)))
        #expect(SampleFile.complaints(about: text) == [])
    }

    @Test(arguments: SchemaCase.refused)
    func `both refuse what is wrong`(line: String) throws {
        let text = SampleFile.completed(line)
        #expect(try !schema.accepts(JSONValue(yaml: text)))
        #expect(SampleFile.complaints(about: text) != [])
    }

    @Test(arguments: SchemaCase.refusedByReader)
    func `what no schema can see is left to the reader`(line: String) throws {
        let text = SampleFile.completed(line)
        #expect(try schema.accepts(JSONValue(yaml: text)))
        #expect(SampleFile.complaints(about: text) != [])
    }

    @Test(arguments: SchemaCase.refusedBySchema)
    func `the schema alone wants numbers without quotes`(line: String) throws {
        let text = SampleFile.completed(line)
        #expect(try !schema.accepts(JSONValue(yaml: text)))
        #expect(SampleFile.complaints(about: text) == [])
    }

    @Test(arguments: ReferenceSection.all)
    func `a default of the schema is what the reader takes when the key is left out`(section: ReferenceSection) throws {
        for (key, part) in try #require(section.part(of: schema)?["properties"]).members {
            guard let value = part["default"] else { continue }
            let line = try #require(Self.line(key, value.yaml, in: section), "\(section): \(key)")
            var written = try SampleFile.campaign(SampleFile.completed(line))
            var leftOut = try SampleFile.campaign(SampleFile.completed(Self.without(key, in: section)))
            // Whether the file has a window is not part of the window.
            written.hasWrittenWindow = false
            leftOut.hasWrittenWindow = false
            #expect(written == leftOut, "\(line)")
        }
    }

    @Test func `the demo's campaign is one by the schema, and names no file that demo does not write`() throws {
        let text = try Documents.text("campaigns/demo/campaign.yml")
        #expect(!text.contains("$schema"))
        #expect(try schema.accepts(JSONValue(yaml: text)))
    }

    /// A file with this key of a section at this value.
    private static func line(_ key: String, _ value: String, in section: ReferenceSection) -> String? {
        switch section.heading {
        case "### Top level": "\(key): \(value)"
        case "### `instances`": SampleFile.instances("\(key): \(value)")
        case "### `call`": "call: {\(key): \(value)}"
        case "### `retry`": "retry: {\(key): \(value)}"
        case "### `optOut`": "optOut: {\(key): \(value)}"
        case "### `notify`":
            "notify: {url: \"${NOTIFY_URL}\", secret: \"${NOTIFY_SECRET}\", \(key): \(value)}"
        case "### `window`":
            "window: {timezone: UTC, days: [mon], from: \"09:00\", to: \"18:00\", \(key): \(value)}"
        default: nil
        }
    }

    /// The same file without it.
    private static func without(_ key: String, in section: ReferenceSection) -> String {
        switch section.heading {
        case "### `window`": "window: {timezone: UTC, days: [mon], from: \"09:00\", to: \"18:00\"}"
        case "### `notify`": "notify: {url: \"${NOTIFY_URL}\", secret: \"${NOTIFY_SECRET}\"}"
        default: ""
        }
    }
}
