import CampaignCore
import CampaignFile
import Testing

/// Additions begin on line 6 and belong to the one instance.
@Suite struct InstanceTests {
    @Test(arguments: [
        Expectation("https://api.z-api.io", "https://api.z-api.io"),
        Expectation("https://api.z-api.io/", "https://api.z-api.io"),
        Expectation("https://proxy.example:8443/zapi//", "https://proxy.example:8443/zapi"),
        Expectation("http://localhost:8080/", "http://localhost:8080"),
        Expectation("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        Expectation("http://127.9.8.7", "http://127.9.8.7"),
        Expectation("http://[::1]:8080", "http://[::1]:8080"),
    ])
    func `https goes anywhere, http to this machine`(_ expectation: Expectation<String>) throws {
        let campaign = try Example.parse(Example.minimal(adding: "    baseURL: \"\(expectation.text)\""))
        #expect(campaign.instances.map(\.baseURL) == [expectation.result])
    }

    @Test(arguments: [
        Expectation("http://api.z-api.io", "http would send the token unencrypted to another machine"),
        Expectation("http://127.0.0.1.evil.example", "http would send the token unencrypted to another machine"),
        Expectation("http://127.1", "http would send the token unencrypted to another machine"),
        Expectation("http://127.0.0.01", "http would send the token unencrypted to another machine"),
        Expectation("http://localhost.example", "http would send the token unencrypted to another machine"),
        Expectation("http://[::2]", "http would send the token unencrypted to another machine"),
        Expectation("ftp://api.z-api.io", "this address is neither https nor http"),
        Expectation("https://me:pass@api.z-api.io", "this address contains a user name or password"),
        Expectation("http://localhost@evil.example", "this address contains a user name or password"),
        Expectation("https://api.z-api.io?a=b", "this address contains a query or a fragment"),
        Expectation("https://api.z-api.io#a", "this address contains a query or a fragment"),
        Expectation("https://api.z-api.io/instances/A/token/B", "this address already names an instance"),
        Expectation("https://api.z-api.io:0", "the port of this address is not valid"),
        Expectation("https://api.z-api.io:70000", "the port of this address is not valid"),
        Expectation("api.z-api.io", "this is not a valid address"),
        Expectation("https://", "this is not a valid address"),
        Expectation("https://a b", "this is not a valid address"),
        Expectation("https://%6cocalhost", "this is not a valid address"),
        Expectation("https://äpi.example", "this is not a valid address"),
    ])
    func `any other address is refused and not shown`(_ expectation: Expectation<String>) throws {
        let complaints = Example.complaints(about: Example.minimal(adding: "    baseURL: \"\(expectation.text)\""))
        #expect(complaints.count == 1)
        #expect(try #require(complaints.first).hasPrefix("6: instances[0].baseURL: \(expectation.result): "))
        #expect(!complaints.joined().contains("pass@"))
    }

    @Test func `the open pace is for an instance on this machine`() throws {
        let addition = "    baseURL: http://127.0.0.1:9\n    pace: open"
        #expect(try Example.parse(Example.minimal(adding: addition)).instances.map(\.pace) == [.open])
    }

    @Test(arguments: ["", "    baseURL: https://api.z-api.io\n", "    baseURL: https://localhost.example\n"])
    func `the open pace is refused for a real number, with the reason`(address: String) {
        let line = address.isEmpty ? 6 : 7
        #expect(
            Example.complaints(about: Example.minimal(adding: "\(address)    pace: open")) == [
                """
                \(line): instances[0].pace: "open" is only for an instance on this machine: calls without spacing get \
                a real number banned: write {calls: 6, per: 1m}, or leave pace out for the usual spacing.
                """
            ]
        )
    }

    @Test func `an address on this machine may be given by a variable`() throws {
        let text = Example.minimal(adding: "    baseURL: http://127.0.0.1:${PORT}\n    pace: open")
        let campaign = try CampaignFile.parse(
            text,
            path: "campaign.yml",
            environment: ["PORT": "8081", "ZAPI_INSTANCE_TOKEN": "t"]
        )
        #expect(campaign.instances.map(\.baseURL) == ["http://127.0.0.1:8081"])
    }

    @Test(arguments: [
        Expectation("pace: fast", #"pace: "fast" is not a valid pace: write {calls: 6, per: 1m}."#),
        Expectation("pace:", "pace: the value is missing: write {calls: 6, per: 1m}."),
        Expectation("dailyCap: 0", #"dailyCap: "0" is out of range: write a whole number from 1 to 1000000."#),
        Expectation("warmup: []", "warmup: the list is empty: write a list such as [20, 50, 100]."),
        Expectation("warmup: 20", "warmup: a single value is not allowed here: write a list such as [20, 50, 100]."),
        Expectation("warmup: [20, 0]", #"warmup[1]: "0" is out of range: write a whole number from 1 to 1000000."#),
        Expectation(
            "warmup: [20, 50, 40]",
            "warmup[2]: this is fewer than the day before: write a list that never decreases."
        ),
    ])
    func `a wrong limit is refused`(_ expectation: Expectation<String>) {
        #expect(
            Example.complaints(about: Example.minimal(adding: "    \(expectation.text)")) == [
                "6: instances[0].\(expectation.result)"
            ]
        )
    }

    @Test func `names and ids of instances are unique`() {
        let text = Example.minimal(
            id: "${ZAPI_INSTANCE_ID}",
            adding: """
                  - {name: sales, id: I2, token: "${ZAPI_INSTANCE_TOKEN}"}
                  - {name: other, id: 3C01A7B2, token: "${ZAPI_INSTANCE_TOKEN}"}
                """
        )
        #expect(
            Example.complaints(about: text) == [
                "6: instances[1].name: instances[0] already has this name: give each instance its own.",
                """
                7: instances[2].id: instances[0] already has this id, so one phone would call at twice its pace: \
                list each instance once.
                """,
            ]
        )
    }

    @Test(arguments: [
        Expectation("name: a", ": instances: this key is missing: "),
        Expectation("name: a\ninstances: []", ": instances: the list is empty: "),
        Expectation("name: a\ninstances:", ": instances: the value is missing: "),
        Expectation("name: a\ninstances: {name: x}", ": instances: a mapping is not allowed here: "),
    ])
    func `a campaign needs an instance`(_ expectation: Expectation<String>) {
        let remedy = "write a list with a name, an id and a token for each instance."
        let line = expectation.text.contains("\n") ? 2 : 1
        #expect(Example.complaints(about: expectation.text) == ["\(line)\(expectation.result)\(remedy)"])
    }
}
