import CampaignCore
import CampaignFile
import Foundation
import TestJSON
import Testing

/// The documentation of the campaign file, compared with the reader and the schema.
@Suite struct CampaignReferenceTests {
    private static let document = "campaigns/README.md"

    @Test(arguments: ReferenceSection.all)
    func `the documentation has the keys that the reader knows, and no others`(section: ReferenceSection) throws {
        let rows = try Documents.table(under: section.heading, in: Self.document)
        #expect(Set(rows.compactMap(\.first)) == Set(section.keys.map { "`\($0)`" }))
        #expect(rows.count == section.keys.count)
    }

    @Test(arguments: ReferenceSection.all)
    func `required keys, defaults and ranges are those of the schema`(section: ReferenceSection) throws {
        let schema = try JSONSchema.campaign.get()
        let part = try #require(section.part(of: schema))
        let required = Set(part["required"]?.items.compactMap(\.text) ?? [])
        for row in try Documents.table(under: section.heading, in: Self.document) {
            try #require(row.count == 4, "\(row)")
            let key = row[0].replacing("`", with: "")
            let property = try #require(part["properties"]?[key])
            if section.heading != "### `health`" { #expect((row[3] == "required") == required.contains(key), "\(row)") }
            if let value = property["default"], value.members.isEmpty {
                #expect(row[3] == "`\(value.yaml.replacing("\"", with: ""))`", "\(row)")
            }
            for form in try [property] + (property["anyOf"]?.items ?? []).map(schema.resolved) {
                if let least = form["minimum"], let most = form["maximum"], key != "country" {
                    #expect(row[2].contains("\(least.yaml) to \(most.yaml)"), "\(row)")
                }
                if let range = form["description"]?.text?.firstMatch(of: /: ([0-9]+[a-z]+ to [0-9]+[a-z]+)\.$/) {
                    #expect(row[2] == String(range.1), "\(row)")
                }
                for word in form["enum"]?.items.compactMap(\.text) ?? [] {
                    #expect(row[2].contains("`\(word)`"), "\(row)")
                }
            }
        }
    }

    @Test func `the example with every key has every key`() throws {
        let examples = try Documents.blocks(of: "yaml", in: Self.document)
        let full = try #require(examples.max { $0.count < $1.count })
        let file = try JSONValue(yaml: full)
        let mappings = [
            file, file["columns"], file["call"], file["instances"]?.items.first, file["pace"],
            file["instances"]?.items.first?["pace"], file["retry"], file["health"], file["window"], file["brake"],
            file["redial"], file["redial"]?["notAnswered"], file["perPerson"], file["optOut"], file["notify"],
        ]
        for (section, mapping) in zip(ReferenceSection.all, mappings) {
            #expect(Set(mapping?.members.keys.map(\.self) ?? []) == section.keys, "\(section)")
        }
    }

    @Test func `every example is a campaign file, for the reader and for editors`() throws {
        let schema = try JSONSchema.campaign.get()
        let examples = try Documents.blocks(of: "yaml", in: Self.document)
        #expect(examples.count >= 5)
        for example in examples.map(SampleFile.completed) {
            #expect(SampleFile.complaints(about: example) == [], "\(example)")
            #expect(try schema.accepts(JSONValue(yaml: example)), "\(example)")
        }
    }

    @Test func `the example of an env file is one`() throws {
        let examples = try Documents.blocks(of: "dotenv", in: Self.document)
        #expect(!examples.isEmpty)
        let folder = try TemporaryFolder()
        try folder.write(SampleFile.completed("name: a-${ZAPI_INSTANCE_ID}"), to: "campaign.yml")
        for example in examples {
            try folder.write(example, to: ".env", mode: 0o600)
            let loaded = try CampaignFile.load(folder.path, environmentFile: nil, environment: [:])
            #expect(loaded.campaign.name == "a-3C01A7B2")
            #expect(loaded.campaign.instances.map { $0.token.reveal() } == ["F0A1$B2"])
        }
    }

    @Test func `each mistake is told as the documentation says, and each key has one`() throws {
        let block = try #require(Documents.blocks(of: "text", in: Self.document).last)
        var lines: [String] = []
        var paths: Set<String> = []
        for line in block.split(separator: "\n").map(String.init) where !line.hasPrefix(" ") {
            lines.append(line)
            let problems = SampleFile.problems(of: SampleFile.completed(line))
            lines += problems.map { "    \($0.sentence.english)" }
            paths.formUnion(problems.compactMap { $0.keyPath?.replacing(/\[[0-9]+\]/, with: "") })
        }
        let told = lines.joined(separator: "\n") + "\n"
        #expect(block == told, "the block should read:\n\(told)")
        for section in ReferenceSection.all where section.schemaPath != ["definitions", "pace"] {
            let missed = section.keys.map { section.prefix + $0 }.filter { !paths.contains($0) }
            #expect(missed == [], "keys without a mistake")
        }
    }

    @Test func `the documentation names every reason for which a phone is rejected`() throws {
        let text = try Documents.text(Self.document)
        for problem in PhoneProblem.allCases { #expect(text.contains("`\(problem.code)`"), "\(problem)") }
        for reason in DuplicateReason.allCases { #expect(text.contains("`\(reason.rawValue)`"), "\(reason)") }
    }
}
