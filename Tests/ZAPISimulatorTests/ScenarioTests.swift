import Foundation
import Testing

@testable import ZAPISimulator

@Suite struct ScenarioTests {
    private func parse(_ text: String) throws(ScenarioError) -> Scenario {
        try Scenario.parse(Data(text.utf8), file: "s.json")
    }

    @Test func `an empty scenario has every default`() throws {
        #expect(try parse("{}") == Scenario())
    }

    @Test func `the example of the manual uses every key and is read as written`() throws {
        let scenario = try parse(SimulatorManual.exampleScenario)
        var expected = Scenario(
            instances: [.init(id: "A", token: "a-token-of-at-least-8")],
            clientToken: "another-of-at-least-8",
            seed: 7,
            choice: .rates,
            rates: [.throttle: 0.02, .fail: 0.01, .hang: 0.001, .cutAfter: 0.001, .noWhatsApp: 0.05],
            latency: .milliseconds(20)...(.milliseconds(80)),
            hang: .seconds(60),
            retryAfter: .seconds(1),
            disconnections: [.init(instance: "A", after: .seconds(10), lasting: .seconds(30))]
        )
        expected.queueShowsCalls = false
        expected.messages = [.init(instance: "A", phone: "5511999999900", text: "oi")]
        expected.tokenForm = .percent
        expected.account.due = 1_796_083_200
        expected.account.paymentStatus = "OVERDUE"
        expected.account.callRejectAuto = true
        expected.callsContract = false
        expected.dispositions = [.callsBack: 0.1, .repliesStop: 0.05]
        expected.timeScale = 0.1
        expected.faults = [.duplicate: 0.2, .late: 0.1]
        expected.lateBy = .seconds(60)
        expected.webhookRepeats = 2
        #expect(scenario == expected)
        let written = try JSONEncoder().encode(scenario)
        #expect(try Scenario.parse(written, file: "again") == scenario)
    }

    @Test(
        arguments: [
            (#"{"sead": 1}"#, "sead", "unknown key; the keys are instances, clientToken, seed"),
            (#"{"instances": [{"id": "A", "token": "T", "name": "x"}]}"#, "instances[0].name", "unknown key"),
            (#"{"instances": [{"id": "A"}]}"#, "instances[0].token", "the key is missing"),
            (#"{"instances": "A"}"#, "instances", "the value must be a list"),
            (#"{"seed": -1}"#, "seed", "the value must be a whole number from 0"),
            (#"{"seed": 1.5}"#, "seed", "the value must be a whole number from 0"),
            (#"{"seed": "1"}"#, "seed", "the value must be a whole number from 0"),
            (#"{"clientToken": 5}"#, "clientToken", "the value must be a text"),
            (#"{"choice": "dice"}"#, "choice", "dice"),
            (#"{"rates": {"fail": 0.5}}"#, "rates", "used only with"),
            (#"{"choice": "rates", "rates": {"explode": 1}}"#, "rates.explode", "unknown key; the keys are accept"),
            (#"{"choice": "rates", "rates": {"fail": 1.5}}"#, "rates.fail", "a share from 0 to 1"),
            (#"{"choice": "rates", "rates": {"fail": 0.6, "hang": 0.6}}"#, "rates", "add up to more than 1"),
            (#"{"latency": {"from": "20ms"}}"#, "latency.to", "the key is missing"),
            (#"{"latency": {"from": "2s", "to": "1s"}}"#, "latency.to", "must not be shorter"),
            (#"{"latency": {"from": "2s", "to": "3s", "by": 1}}"#, "latency.by", "unknown key"),
            (#"{"latency": 5}"#, "latency", "the value must be an object"),
            (#"{"hang": "60"}"#, "hang", "'60' is not a valid duration; write 250ms, 30s, 5m or 2h"),
            (#"{"hang": 60}"#, "hang", "the value must be a text"),
            (#"{"disconnections": [{"instance": "A", "after": "1s", "for": "x"}]}"#, "disconnections[0].for", "is no"),
            (#"{"account": {"plan": "x"}}"#, "account.plan", "unknown key; the keys are due"),
            (#"{"account": {"due": "soon"}}"#, "account.due", "the value must be a whole number"),
            (#"{"callsContract": 1}"#, "callsContract", "the value must be true or false"),
            (#"{"dispositions": {"dances": 1}}"#, "dispositions.dances", "unknown key; the keys are answered"),
            (#"{"dispositions": {"missed": 0.6, "silent": 0.6}}"#, "dispositions", "add up to more than 1"),
            (#"{"timeScale": -1}"#, "timeScale", "from 0 (at once) to 100"),
            (#"{"faults": {"late": 2}}"#, "faults.late", "a share from 0 to 1"),
            (#"{"lateBy": "soon"}"#, "lateBy", "is not a valid duration"),
            (#"{"webhookRepeats": 11}"#, "webhookRepeats", "from 0 to 10"),
            ("[]", "", "the value must be an object"),
        ]
    ) func `a wrong scenario is an error that names the file, the key and what would be right`(
        text: String,
        key: String,
        reason: String
    ) {
        let error = #expect(throws: ScenarioError.self) { try parse(text) }
        guard case .wrong(let file, let wrongKey, let wrongReason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(file == "s.json")
        #expect(wrongKey == key)
        #expect(wrongReason.contains(reason))
        #expect(error?.description.contains("'s.json'") == true)
    }

    @Test func `a file that is missing or not JSON is an error that names it`() async throws {
        let missing = #expect(throws: ScenarioError.self) { try Scenario.load(fileAt: "/nowhere/s.json") }
        #expect(missing?.description.contains("'/nowhere/s.json' cannot be read") == true)
        try await withTemporaryFile { path in
            try Data("{seed}".utf8).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: ScenarioError.self) { try Scenario.load(fileAt: path) }
            #expect(error?.description.contains("is not JSON") == true)
            try Data(#"{"seed": 9}"#.utf8).write(to: URL(fileURLWithPath: path))
            #expect(try Scenario.load(fileAt: path).seed == 9)
        }
    }

    @Test(
        arguments: [
            ("250ms", .milliseconds(250)), ("30s", .seconds(30)), ("5m", .seconds(300)), ("2h", .seconds(7_200)),
            ("0s", .zero), ("", nil), ("5", nil), ("s", nil), ("1.5s", nil), ("-1s", nil), ("+1s", nil), ("1 s", nil),
            ("9999999999999999999h", nil), ("99999999999h", nil), ("１s", nil),
        ] as [(String, Duration?)]
    ) func `durations are read as people write them`(text: String, duration: Duration?) {
        #expect(DurationText(text)?.duration == duration)
    }
}
