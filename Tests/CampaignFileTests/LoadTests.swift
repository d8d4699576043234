import CampaignCore
import CampaignFile
import Foundation
import Testing

@Suite struct LoadTests {
    /// A folder with a good campaign file whose token comes from `ZAPI_INSTANCE_TOKEN`.
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(Example.minimal(), to: "campaign.yml")
    }

    func load(_ argument: String, environmentFile: String? = nil, token: String? = "tkn") throws -> LoadedCampaign {
        let environment = token.map { ["ZAPI_INSTANCE_TOKEN": $0] } ?? [:]
        return try CampaignFile.load(argument, environmentFile: environmentFile, environment: environment)
    }

    func complaint(_ argument: String, environmentFile: String? = nil) -> String? {
        let error = #expect(throws: CampaignFileError.self) {
            try load(argument, environmentFile: environmentFile, token: nil)
        }
        return error?.description
    }

    @Test(arguments: ["", "/", "/campaign.yml", "/../"])
    func `a campaign is named by its folder or its file`(suffix: String) throws {
        try folder.makeFolder("inner")
        let argument = suffix == "/../" ? "\(folder.path)/inner/.." : folder.path + suffix
        let loaded = try load(argument)
        #expect(loaded.path == "\(folder.path)/campaign.yml")
        #expect(loaded.folder == folder.path)
        #expect(loaded.campaign.name == "reminders")
    }

    @Test func `a file may have another name`() throws {
        try folder.write(Example.minimal(name: "second"), to: "second.yml")
        let loaded = try load("\(folder.path)/second.yml")
        #expect(loaded.campaign.name == "second")
        #expect(loaded.path == "\(folder.path)/second.yml")
    }

    @Test func `the env file beside the campaign file is read`() throws {
        try folder.write("ZAPI_INSTANCE_TOKEN=from-file", to: ".env", mode: 0o600)
        let loaded = try load(folder.path, token: nil)
        #expect(loaded.campaign.instances.map { $0.token.reveal() } == ["from-file"])
    }

    @Test func `the process environment wins over the env file`() throws {
        try folder.write("ZAPI_INSTANCE_TOKEN=from-file", to: ".env", mode: 0o600)
        let loaded = try load(folder.path, token: "from-process")
        #expect(loaded.campaign.instances.map { $0.token.reveal() } == ["from-process"])
    }

    @Test func `a named env file is read instead of the one beside the campaign file`() throws {
        try folder.write("ZAPI_INSTANCE_TOKEN=beside", to: ".env", mode: 0o600)
        try folder.write("ZAPI_INSTANCE_TOKEN=named", to: "secrets", mode: 0o400)
        let loaded = try load(folder.path, environmentFile: "\(folder.path)/secrets", token: nil)
        #expect(loaded.campaign.instances.map { $0.token.reveal() } == ["named"])
    }

    @Test func `a named env file must exist`() {
        let path = "\(folder.path)/absent"
        #expect(complaint(folder.path, environmentFile: path) == "\(path): there is no such file: check the path.")
    }

    @Test(arguments: [0o600, 0o400, 0o700])
    func `an env file for its owner only is read`(mode: Int) throws {
        try folder.write("ZAPI_INSTANCE_TOKEN=t", to: ".env", mode: mode)
        #expect(throws: Never.self) { try load(folder.path, token: nil) }
    }

    @Test(arguments: [0o640, 0o604, 0o644, 0o610, 0o602, 0o666, 0o777])
    func `an env file that others have any access to is refused`(mode: Int) throws {
        try folder.write("ZAPI_INSTANCE_TOKEN=s3cr3t", to: ".env", mode: mode)
        let path = "\(folder.path)/.env"
        let octal = String(mode, radix: 8)
        #expect(
            complaint(folder.path) == """
                \(path): the file holds secrets, and other users can access it (mode 0\(octal)): run chmod 600 \(path).
                """
        )
    }

    @Test func `a link to an env file has the mode of the file`() throws {
        try folder.write("ZAPI_INSTANCE_TOKEN=t", to: "secrets", mode: 0o600)
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/.env",
            withDestinationPath: "\(folder.path)/secrets"
        )
        #expect(throws: Never.self) { try load(folder.path, token: nil) }
    }

    @Test func `a missing value is reported as missing`() throws {
        try folder.makeFolder("empty")
        let absent = "\(folder.path)/absent"
        #expect(complaint(absent) == "\(absent): there is no such file: check the path.")
        #expect(
            complaint("\(folder.path)/empty") == """
                \(folder.path)/empty: there is no campaign.yml in this folder: write one, or name another folder.
                """
        )
        #expect(
            complaint("\(folder.path)/campaign.yml/x") == """
                \(folder.path)/campaign.yml/x: there is no such file: check the path.
                """
        )
    }

    @Test func `a folder under the name of a file is not a file`() throws {
        try folder.makeFolder("odd")
        try folder.makeFolder("odd/campaign.yml")
        #expect(
            complaint("\(folder.path)/odd") == """
                \(folder.path)/odd/campaign.yml: this is not a regular file: name a text file.
                """
        )
    }

    @Test(.enabled(if: geteuid() != 0, "root may read everything"))
    func `a file that must not be read is reported as such`() throws {
        try folder.write(Example.minimal(), to: "campaign.yml", mode: 0o000)
        #expect(
            complaint(folder.path) == """
                \(folder.path)/campaign.yml: you do not have permission to read the file: check its owner and mode.
                """
        )
    }

    @Test func `a file that is not UTF-8 is refused with its line`() throws {
        try folder.write(Data("name: ok\ncontacts: ".utf8) + [0xE7, 0xE3, 0x6F], to: "campaign.yml")
        #expect(complaint(folder.path) == "\(folder.path)/campaign.yml:2: the file is not UTF-8: save it as UTF-8.")
    }

    @Test func `a file that is far too large is refused`() throws {
        try folder.write(Data(repeating: UInt8(ascii: "#"), count: 1_048_577), to: "campaign.yml")
        #expect(
            complaint(folder.path) == "\(folder.path)/campaign.yml: the file is larger than 1 MiB: name a text file."
        )
    }

    @Test func `a byte order mark is not part of the file`() throws {
        try folder.write("\u{FEFF}" + Example.minimal(), to: "campaign.yml")
        #expect(try load(folder.path).campaign.name == "reminders")
    }

    @Test func `an error names the file as the user did`() throws {
        try folder.write("", to: "campaign.yml")
        #expect(
            complaint(folder.path + "/") == """
                \(folder.path)/campaign.yml: the file is empty: write at least name and instances.
                """
        )
    }
}
