import CampaignCore
import CampaignFile
import Testing

/// Each bad entry is added to a good file from line 6 on, and yields its own sentence.
@Suite struct EntryTests {
    static let durationHint = "write a number and ms, s, m, h or d, such as 30s."
    static let keys = """
        name, contacts, columns, fallback, country, call, instances, pace, share, follow, workers, timeout, retry, \
        inDoubt, health, expires, window, brake, redial, perPerson, optOut, notify, queueWhileDisconnected, \
        retention
        """

    @Test(arguments: [
        Expectation("timeuot: 30s", "6: timeuot: unknown key: did you mean `timeout`?"),
        Expectation("in_doubt: hold", "6: in_doubt: unknown key: did you mean `inDoubt`?"),
        Expectation("Workers: 3", "6: Workers: unknown key: did you mean `workers`?"),
        Expectation("webhook: x", "6: webhook: unknown key: the keys here are \(keys)."),
        Expectation(
            "call: {durations: 5, duration: 5}",
            "6: call.durations: unknown key: did you mean `duration`?"
        ),
        Expectation("retry: {atempts: 3}", "6: retry.atempts: unknown key: did you mean `attempts`?"),
        Expectation("health: {evry: 3s, every: 3s}", "6: health.evry: unknown key: did you mean `every`?"),
        Expectation("columns: {dd: x}", "6: columns.dd: unknown key: did you mean `ddd`?"),
        Expectation("columns: {fone: x}", "6: columns.fone: unknown key: did you mean `phone`?"),
        Expectation("    base_url: x", "6: instances[0].base_url: unknown key: did you mean `baseURL`?"),
        Expectation("    dailycap: 3", "6: instances[0].dailycap: unknown key: did you mean `dailyCap`?"),
        Expectation(
            "pace: {calls: 1, per: 1s, burst: 2}",
            "6: pace.burst: unknown key: the keys here are calls, per."
        ),
        Expectation(
            "brake: {failures: 5%, ower: 2, over: 2}",
            "6: brake.ower: unknown key: did you mean `over`?"
        ),
    ])
    func `an unknown key is refused at every level, with the nearest known one`(_ expectation: Expectation<String>) {
        #expect(Example.complaints(about: Example.minimal(adding: expectation.text)) == [expectation.result])
    }

    @Test func `a file with thousands of unknown keys is refused by the first hundred and how many more there are`() {
        let keys = (1...1500).map { "key\($0): 1" }.joined(separator: "\n")
        let complaints = Example.complaints(about: Example.minimal(adding: keys))
        #expect(complaints.count == 101)
        #expect(
            complaints.contains { $0.hasSuffix("1400 more unknown keys: check that this is a campaign file.") })
        #expect(complaints.last == "105: key100: unknown key: the keys here are \(Self.keys).")
    }

    @Test(arguments: [
        Expectation("workers: 0", "6: workers: \"0\" is out of range: write a whole number from 1 to 256."),
        Expectation("workers: 257", "6: workers: \"257\" is out of range: write a whole number from 1 to 256."),
        Expectation("workers: -1", "6: workers: \"-1\" is not a whole number: write a whole number from 1 to 256."),
        Expectation("workers: 8.0", "6: workers: \"8.0\" is not a whole number: write a whole number from 1 to 256."),
        Expectation("workers: 010", "6: workers: \"010\" is not a whole number: write a whole number from 1 to 256."),
        Expectation(
            "workers: 99999999999999999999",
            "6: workers: \"99999999999999999999\" is out of range: write a whole number from 1 to 256."
        ),
        Expectation("share: 0", "6: share: \"0\" is out of range: write a whole number from 1 to 1000."),
        Expectation("share: 1001", "6: share: \"1001\" is out of range: write a whole number from 1 to 1000."),
        Expectation("share: 1.5", "6: share: \"1.5\" is not a whole number: write a whole number from 1 to 1000."),
        Expectation("share: 50%", "6: share: \"50%\" is not a whole number: write a whole number from 1 to 1000."),
        Expectation("share:", "6: share: the value is missing: write a whole number from 1 to 1000."),
        Expectation("shares: 2", "6: shares: unknown key: did you mean `share`?"),
        Expectation("follow: yes", "6: follow: \"yes\" is not allowed here: write true or false."),
        Expectation("follow: 1", "6: follow: \"1\" is not allowed here: write true or false."),
        Expectation("follow:", "6: follow: the value is missing: write true or false."),
        Expectation("follow: [true]", "6: follow: a list is not allowed here: write true or false."),
        Expectation("follows: true", "6: follows: unknown key: did you mean `follow`?"),
        Expectation("workers:", "6: workers: the value is missing: write a whole number from 1 to 256."),
        Expectation("workers: ~", "6: workers: the value is missing: write a whole number from 1 to 256."),
        Expectation("workers: \"\"", "6: workers: the text is empty: write a whole number from 1 to 256."),
        Expectation("workers: [8]", "6: workers: a list is not allowed here: write a whole number from 1 to 256."),
        Expectation(
            "workers: {a: 8}", "6: workers: a mapping is not allowed here: write a whole number from 1 to 256."),
        Expectation(
            "call: {duration: 16}",
            "6: call.duration: \"16\" is out of range: write a whole number from 1 to 15."
        ),
        Expectation(
            "call: {duration: 0}",
            "6: call.duration: \"0\" is out of range: write a whole number from 1 to 15."
        ),
        Expectation(
            "call: 5",
            "6: call: a single value is not allowed here: write {duration: 5}, and audio for a sound to play."),
        Expectation("call: {}", "6: call.duration: this key is missing: write {duration: 5}."),
        Expectation("contacts: [a.csv]", "6: contacts: a list is not allowed here: write the path of a CSV file."),
        Expectation(
            "columns: {phone: }", "6: columns.phone: the value is missing: write a column name, or a list of them."),
        Expectation("columns: telefone", "6: columns: a single value is not allowed here: write {phone: …, name: …}."),
    ])
    func `a wrong number or kind of thing is refused`(_ expectation: Expectation<String>) {
        #expect(Example.complaints(about: Example.minimal(adding: expectation.text)) == [expectation.result])
    }

    @Test(arguments: ["+55", "5555", "0", "BR", "055", "5 5", "٥٥"])
    func `a country is one to three digits`(country: String) {
        #expect(
            Example.complaints(about: Example.minimal(adding: "country: \"\(country)\"")) == [
                "6: country: \"\(country)\" is not a valid calling code: write a calling code of 1 to 3 digits, such as \"55\"."
            ]
        )
    }

    @Test(arguments: [
        Expectation("timeout: 30", "6: timeout: \"30\" is not a valid duration: \(durationHint)"),
        Expectation("timeout: 1.5m", "6: timeout: \"1.5m\" is not a valid duration: \(durationHint)"),
        Expectation("timeout: 0s", "6: timeout: \"0s\" is zero: write at least 1ms."),
        Expectation("timeout: 999ms", "6: timeout: \"999ms\" is out of range: write a duration from 1s to 5m."),
        Expectation("timeout: 6m", "6: timeout: \"6m\" is out of range: write a duration from 1s to 5m."),
        Expectation("timeout: 721h", "6: timeout: \"721h\" is too long: write at most 30d."),
        Expectation("timeout: {s: 3}", "6: timeout: a mapping is not allowed here: \(durationHint)"),
        Expectation(
            "health: {every: 10ms}",
            "6: health.every: \"10ms\" is out of range: write a duration from 1s to 24h."
        ),
        Expectation("health: {}", "6: health.every: this key is missing: write {every: 60s}."),
        Expectation(
            "pace: {calls: 3, per: 25h}",
            "6: pace.per: \"25h\" is out of range: write a duration from 1ms to 24h."
        ),
        Expectation("pace: {calls: 3}", "6: pace.per: this key is missing: write {calls: 6, per: 1m}."),
        Expectation("pace: {per: 1s}", "6: pace.calls: this key is missing: write {calls: 6, per: 1m}."),
        Expectation("pace: open", "6: pace: a single value is not allowed here: write {calls: 6, per: 1m}."),
        Expectation("pace:", "6: pace: the value is missing: write {calls: 6, per: 1m}."),
    ])
    func `a wrong duration or pace is refused`(_ expectation: Expectation<String>) {
        #expect(Example.complaints(about: Example.minimal(adding: expectation.text)) == [expectation.result])
    }

    @Test(arguments: [
        Expectation("attempts: 0", #"retry.attempts: "0" is out of range: write a whole number from 1 to 20."#),
        Expectation("attempts: 21", #"retry.attempts: "21" is out of range: write a whole number from 1 to 20."#),
        Expectation("first: 25h", #"retry.first: "25h" is out of range: write a duration from 1ms to 24h."#),
        Expectation(
            "first: 2m, longest: 1m",
            "retry.first: first is longer than longest: write both; the defaults are 30s for first and 15m for longest."
        ),
        Expectation(
            "first: 16m",
            "retry.first: first is longer than longest: write both; the defaults are 30s for first and 15m for longest."
        ),
        Expectation(
            "longest: 29s",
            "retry.longest: first is longer than longest: write both; the defaults are 30s for first and 15m for longest."
        ),
    ])
    func `a wrong retry rule is refused`(_ expectation: Expectation<String>) {
        let text = Example.minimal(adding: "retry: {\(expectation.text)}")
        #expect(Example.complaints(about: text) == ["6: \(expectation.result)"])
    }

    @Test(arguments: ["0%", "101%", "50", "5.5%", "%", "050%", "half", "50 %"])
    func `a brake is set in whole percents`(failures: String) {
        let text = Example.minimal(adding: "brake: {failures: \"\(failures)\", over: 20}")
        #expect(
            Example.complaints(about: text) == [
                "6: brake.failures: \"\(failures)\" is not a valid percentage: write a percentage from 1% to 100%, such as 50%."
            ]
        )
    }

    @Test func `a brake looks at one outcome at least`() {
        let text = Example.minimal(adding: "brake: {failures: 50%, over: 0}")
        #expect(
            Example.complaints(about: text) == [
                #"6: brake.over: "0" is out of range: write a whole number from 1 to 10000."#
            ]
        )
    }

    @Test func `in doubt a call is held or retried, and nothing else`() {
        let text = Example.minimal(adding: "inDoubt: ignore")
        #expect(Example.complaints(about: text) == [#"6: inDoubt: "ignore" is not allowed here: write hold or retry."#])
    }

    @Test(arguments: ["../etc", ".hidden", "-rf", "a b", "ação", String(repeating: "x", count: 65), "a/b"])
    func `a name that cannot be a file name is refused`(name: String) throws {
        let complaints = Example.complaints(about: Example.minimal(name: "\"\(name)\""))
        let complaint = try #require(complaints.first)
        #expect(complaints.count == 1)
        #expect(complaint.hasPrefix("1: name: \""))
        #expect(complaint.contains("is not a valid name: write up to 64 letters (a-z), digits, -, _ or ."))
    }

    @Test(arguments: ["a", "7", "Nov.2026_second-try", String(repeating: "x", count: 64)])
    func `a name of letters, digits, dashes, underscores and dots is taken`(name: String) throws {
        #expect(try Example.parse(Example.minimal(name: name)).name == name)
    }
}
