import CampaignFile
import Foundation
import Testing

/// Which files belong to a campaign, for commands that must not overwrite them.
@Suite struct CampaignFilesTests {
    @Test(arguments: [
        "name: camp\ncontacts: lists/c.csv\n", "name: camp\ncontacts: ${LIST}\ninstances:\n  - id: ${NOT_SET}\n",
        "contacts: lists/c.csv\nunknown: 1\n",
    ])
    func `are known without secrets, and of a file that is not valid`(_ text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "campaign.yml")
        let files = CampaignFile.files(of: "\(folder.path)/campaign.yml", environment: ["LIST": "lists/c.csv"])
        #expect(files == ["campaign.yml", ".env", "lists/c.csv"].map { "\(folder.path)/\($0)" })
    }

    @Test func `are the campaign file and its env file where no list is named, and where nothing is there`() throws {
        let folder = try TemporaryFolder()
        let expected = ["\(folder.path)/campaign.yml", "\(folder.path)/.env"]
        #expect(CampaignFile.files(of: expected[0], environment: [:]) == expected)
        try folder.write("a: [\n", to: "campaign.yml")
        #expect(CampaignFile.files(of: expected[0], environment: [:]) == expected)
    }
}
