import CampaignCore
import CampaignFile
import Foundation
import Testing

/// What follows in each file.
private let rest = """
    # Our instances.
    instances:
      - name: vendas   # not the campaign's name
        id: ${ZAPI_INSTANCE_ID}
        token: ${ZAPI_INSTANCE_TOKEN}
    window: always
    """

/// The file of a campaign that is made like another one.
@Suite struct CopyTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func copy(_ text: String, named name: String = "december") throws -> String {
        try folder.write(text, to: "campaign.yml")
        return try CampaignFile.text(
            copiedFrom: folder.path, named: name, environmentFile: nil, environment: [:])
    }

    private func campaign(_ text: String) throws -> Campaign {
        try folder.write(text, to: "copy.yml")
        return try CampaignFile.load(
            "\(folder.path)/copy.yml", environmentFile: nil, environment: [:], needsSecrets: false
        ).campaign
    }

    @Test func `it has another name, no list, and everything else with its comments`() throws {
        let text = "# November.\nname: november   # the name\ncontacts: contatos.csv\nworkers: 3\n\(rest)\n"
        let copy = try copy(text)
        #expect(
            copy == "# November.\nname: december   # the name\n#contacts: contatos.csv\nworkers: 3\n\(rest)\n")
        let campaign = try campaign(copy)
        #expect(campaign.name == "december" && campaign.contacts == nil && campaign.workers == 3)
    }

    @Test(arguments: [
        "name: \"november\"\r\nworkers: 3\r\n\(rest)", "\u{FEFF}name: november\n\(rest)",
        "name : 'november'  \n\(rest)", "\(rest)\nname: november",
    ])
    func `names are written in several ways`(text: String) throws {
        #expect(try campaign(copy(text)).name == "december")
    }

    @Test(arguments: [
        "{name: november, instances: [{name: v, id: '${I}', token: '${T}'}], window: always}",
        "name:\n  november\n\(rest)", "name: november\ncontacts:\n  a.csv\n\(rest)",
        "call:\n  duration: 5\n\(rest)",
    ])
    func `what has no line of its own for them is not copied`(text: String) {
        #expect(throws: CampaignFileError.self) { try copy(text) }
    }

    @Test(arguments: [
        ("a", true), ("cobranca-2026.12_b", true), ("", false), (".env", false), ("..", false), ("a/b", false),
        ("a\nb", false), ("a b", false), ("ç", false), (String(repeating: "a", count: 65), false),
    ])
    func `a name is one that is a folder, too`(name: String, isOne: Bool) {
        #expect(CampaignFile.isName(name) == isOne)
    }
}
