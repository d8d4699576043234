import CampaignCore
import CampaignFile
import Testing

@Suite struct SecretTests {
    static let literalRefused = """
        a secret does not belong in the campaign file: write exactly one variable, such as ${ZAPI_INSTANCE_TOKEN}, \
        and set it outside the file.
        """

    @Test(arguments: [
        "F1234abcd", "F1234${ZAPI_INSTANCE_TOKEN}", "${ZAPI_INSTANCE_TOKEN}F1234", "$F1234", "\"{F1234}\"",
    ])
    func `a token that is not exactly one variable is refused and not shown`(token: String) {
        let complaints = Example.complaints(about: Example.minimal(token: token))
        #expect(complaints == ["5: instances[0].token: \(Self.literalRefused)"])
    }

    @Test func `a literal client token is refused and not shown`() {
        let complaints = Example.complaints(about: Example.minimal(adding: "    clientToken: F1234"))
        #expect(complaints.count == 1)
        #expect(complaints.first?.hasPrefix("6: instances[0].clientToken: a secret does not belong") == true)
        #expect(!complaints.joined().contains("F1234"))
    }

    @Test(arguments: [
        Expectation("${NOT_SET}", "the variable NOT_SET is not set: set it in the environment or the env file."),
        Expectation("${EMPTY}", "the variable EMPTY is empty: set it in the environment or the env file."),
        Expectation(
            "${TOKEN:-F1234}",
            "${TOKEN…} contains more than a variable name: write ${TOKEN}; defaults and other forms are not supported."
        ),
        Expectation("\"${F1234\"", "a ${ is not closed: write ${NAME} with a closing brace."),
        Expectation(
            "\"${}\"", "a ${…} does not contain a variable name: write ${NAME} with letters, digits and _ only."),
        Expectation(
            "${1F234}", "a ${…} does not contain a variable name: write ${NAME} with letters, digits and _ only."),
        Expectation(
            "\"${ A }\"", "a ${…} does not contain a variable name: write ${NAME} with letters, digits and _ only."),
    ])
    func `a variable without a value or with a wrong form is refused`(_ expectation: Expectation<String>) {
        #expect(
            Example.complaints(about: Example.minimal(token: expectation.text)) == [
                "5: instances[0].token: \(expectation.result)"
            ]
        )
        #expect(
            Example.complaints(about: Example.minimal(id: expectation.text)) == [
                "4: instances[0].id: \(expectation.result)"
            ]
        )
    }

    @Test func `variables are put in anywhere, and their values are not read again`() throws {
        let text = Example.minimal(name: "${A}-${B}", adding: "workers: ${C}\ncontacts: ${D}")
        let campaign = try CampaignFile.parse(
            text,
            path: "campaign.yml",
            environment: ["A": "one", "B": "two", "C": "4", "D": "${A}.csv", "ZAPI_INSTANCE_TOKEN": "t"]
        )
        #expect(campaign.name == "one-two")
        #expect(campaign.workers == 4)
        #expect(campaign.contacts == "${A}.csv")
    }

    @Test(arguments: [
        "name: ${S}", "workers: ${S}", "timeout: ${S}", "inDoubt: ${S}", "country: ${S}", "expires: ${S}",
        "pace: {calls: 1, per: \"${S}\"}", "brake: {failures: \"${S}\", over: 20}", "pace: ${S}",
        "window: {timezone: \"${S}\", days: [\"${S}\"], from: \"${S}\", to: \"${S}\", holidays: [\"${S}\"]}",
        "instances: [{name: \"${S}\", id: \"${S}\", token: \"${S}\", clientToken: \"${S}\", baseURL: \"${S}\"}]",
        "instances: [{name: \"${S}\", pace: \"${S}\", dailyCap: \"${S}\", warmup: [\"${S}\"]}]",
        "call: {audio: \"${S}\"}", "redial: {notAnswered: {attempts: \"${S}\", after: \"${S}\"}}",
        "perPerson: {calls: \"${S}\", per: \"${S}\", unansweredInARow: \"${S}\"}", "optOut: {words: \"${S}\"}",
        "optOut: {words: [\"${S}\", \"${S}\"], review: [\"${S}\"]}", "queueWhileDisconnected: ${S}", "retention: ${S}",
        "notify: {url: \"${S}\", secret: \"${S}\", on: [\"${S}\"]}",
    ])
    func `the value of a variable is in no error, wherever it is used`(text: String) {
        let error = #expect(throws: CampaignFileError.self) {
            try CampaignFile.parse(text, path: "campaign.yml", environment: ["S": "s3cr3t värdé"])
        }
        let everything = String(reflecting: error)
        #expect(error?.problems.isEmpty == false)
        #expect(!everything.contains("s3cr3t"))
    }

    @Test(arguments: ["{token:F1234}", "{\"token F1234\": }", "{F1234F1234F1234F1234F1234: x}"])
    func `a key that may be a mistyped secret is not shown`(entry: String) {
        let complaints = Example.complaints(about: "name: a\ninstances: [\(entry)]").joined(separator: "\n")
        #expect(
            complaints.contains("2: instances[0]: this key does not belong in this file: write a space after the colon")
        )
        #expect(!complaints.contains("F1234"))
    }

    @Test(arguments: ["two words", "a/b", "a?b", "a\nb", "tökèn", "a%2f"])
    func `a token that would break the address of a request is refused`(token: String) {
        let error = #expect(throws: CampaignFileError.self) {
            try CampaignFile.parse(Example.minimal(), path: "f", environment: ["ZAPI_INSTANCE_TOKEN": token])
        }
        #expect(
            error?.description == """
                f:5: instances[0].token: the value contains a space or another character that Z-API's ids and tokens \
                never have: copy it again from the Z-API panel.
                """
        )
    }

    @Test func `an id may be literal or a variable`() throws {
        #expect(try Example.parse(Example.minimal(id: "3C77")).instances.map(\.id) == ["3C77"])
        #expect(try Example.parse(Example.minimal(id: "${ZAPI_INSTANCE_ID}")).instances.map(\.id) == ["3C01A7B2"])
    }
}
