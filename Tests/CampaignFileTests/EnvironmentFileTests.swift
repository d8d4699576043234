import CampaignCore
import CampaignFile
import Testing

/// The env file alone, through the module's interface: its lines become the variables of a campaign's name.
@Suite struct EnvironmentFileTests {
    @Test(arguments: [
        Expectation("A=plain", "plain"),
        Expectation("export A=plain", "plain"),
        Expectation("  export\tA=plain  ", "plain"),
        Expectation("# A=no\n\n\t\nA=yes", "yes"),
        Expectation("A=bare # remark", "bare"),
        Expectation("A=with#hash", "with#hash"),
        Expectation("A=two words", "two words"),
        Expectation("A=a=b==", "a=b=="),
        Expectation("A='single \\n # \"kept\"'", "single \\n # \"kept\""),
        Expectation("A=\"double # \\\" \\\\ \\$B\" # remark", "double # \" \\ $B"),
        Expectation("A=${B}", nil),
        Expectation("A='${B} $C $(d)'", "${B} $C $(d)"),
        Expectation("A=\"\\${B}\"", "${B}"),
        Expectation("A=5$ or $1", "5$ or $1"),
        Expectation("exportA=x\r\nA=crlf\r\n", "crlf"),
        Expectation("\u{FEFF}A=marked", "marked"),
        Expectation("A='it''s'", nil),
    ])
    func `a line sets a variable as a shell would`(_ expectation: Expectation<String?>) throws {
        let folder = try TemporaryFolder()
        try folder.write("name: a\ninstances: [{name: x, id: i, token: \"${T}\"}]\ncontacts: ${A}", to: "campaign.yml")
        try folder.write(expectation.text, to: ".env", mode: 0o600)
        let load = { try CampaignFile.load(folder.path, environmentFile: nil, environment: ["T": "t"]) }
        if let value = expectation.result {
            #expect(try load().campaign.contacts == value)
        } else {
            #expect(throws: CampaignFileError.self) { try load() }
        }
    }

    private static let substitution = """
        the value refers to another variable or a command, which is not expanded here: write the value itself, or put it \
        in single quotes to use it literally.
        """

    @Test(arguments: [
        Expectation("s3cr3t", "this line sets no variable: write NAME=VALUE, or # before a comment."),
        Expectation("export s3cr3t", "this line sets no variable: write NAME=VALUE, or # before a comment."),
        Expectation("A = s3cr3t", "there is a space next to the =: write NAME=VALUE without spaces around the =."),
        Expectation("A= s3cr3t", "there is a space next to the =: write NAME=VALUE without spaces around the =."),
        Expectation(
            "1A=s3cr3t",
            "what comes before = is not a variable name: use letters, digits and _, and do not begin with a digit."
        ),
        Expectation(
            "=s3cr3t",
            "what comes before = is not a variable name: use letters, digits and _, and do not begin with a digit."
        ),
        Expectation("A='s3cr3t", "a quote is not closed on its line: close it, and keep the value on one line."),
        Expectation("A=\"s3cr3t\\\"", "a quote is not closed on its line: close it, and keep the value on one line."),
        Expectation("A='s3cr3t'x", "something follows the closing quote: leave only a # comment after the value."),
        Expectation("A=${s3cr3t}", substitution), Expectation("A=x$s3cr3t # remark", substitution),
        Expectation("A=\"s3cr3t ${B}\"", substitution), Expectation("A=$(cat s3cr3t)", substitution),
        Expectation("FIRST=s3cr3t", "FIRST is already set on line 1: keep one of the two lines."),
    ])
    func `a bad line is named by its number, and never shown`(_ expectation: Expectation<String>) throws {
        let folder = try TemporaryFolder()
        try folder.write(Example.minimal(), to: "campaign.yml")
        try folder.write("FIRST=1\n\n\(expectation.text)\n", to: ".env", mode: 0o600)
        let error = #expect(throws: CampaignFileError.self) {
            try CampaignFile.load(folder.path, environmentFile: nil, environment: [:])
        }
        #expect(error?.description == "\(folder.path)/.env:3: \(expectation.result)")
        #expect(!String(reflecting: error).contains("s3cr3t"))
    }
}
