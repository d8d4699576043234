import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing
import Webhooks
import ZAPISimulator

/// What commands show of events that have been received.
@Suite(.fewAtATime) struct `Events in the commands` {
    private static let phones = ["5511987654301", "5511987654302", "5511987654303"]

    /// A campaign whose three calls were accepted: the first was answered, the second was not, and the third one wrote
    /// back.
    private static func cli() async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: phones)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        try await cli.receive { call in
            let delivery = call.body("DeliveryCallback", #""zaapId":"\#(call.zaapId)""#)
            switch call.phone {
            case phones[0]: return [delivery, call.notification("CALL_ACCEPTED")]
            case phones[1]: return [call.notification("CALL_MISSED"), delivery]
            default: return [delivery, call.body("ReceivedCallback", #""text":{"message":"Tudo bem?"}"#, ids: false)]
            }
        }
        return cli
    }

    @Test func `status, summary and report say what came of the calls`() async throws {
        let cli = try await Self.cli()
        let status = try await cli.discador("status", "camp")
        #expect(status.stdout.contains("3 accepted · 1 answered · 1 not answered · 1 replied"), "\(status.stdout)")
        let document = try JSONValue(try await cli.discador("status", "camp", "--json").stdout)
        #expect(
            document["campaigns"]?[0]?["happened"]?["answered"] == 1
                && document["campaigns"]?[0]?["happened"]?["delivered"] == 3)
        #expect(document["campaigns"]?[0]?["alarms"] == .array([]))
        let summary = try await cli.discador("report", "camp")
        #expect(summary.stdout.contains("What happened to the people") && summary.stdout.contains("not answered"))
        #expect(summary.stdout.contains("answer not known  1"), "\(summary.stdout)")
        #expect(!summary.stdout.contains("not final"))
        let csv = try await cli.discador("report", "camp", "--format", "csv").stdout.components(separatedBy: "\r\n")
        #expect(csv.first { $0.contains(Self.phones[0]) }?.contains(",delivered,,answered,2") == true, "\(csv)")
        #expect(csv.first { $0.contains(Self.phones[1]) }?.contains(",delivered,,not_answered,2") == true)
        let chosen = try await cli.discador("report", "camp", "--format", "csv", "--where", "answer = answered")
        #expect(chosen.exitCode == 0 && chosen.stdout.contains(Self.phones[0]), "\(chosen.stderr)")
        #expect(!chosen.stdout.contains(Self.phones[1]) && !chosen.stdout.contains(Self.phones[2]), "\(chosen.stdout)")
        for wrong in [["--where", "answer = answered"], ["--format", "csv", "--where", "nothing = 1"]] {
            #expect(try await Program.run(["report", "camp"] + wrong, in: cli.folder).exitCode == 64)
        }
        await cli.simulator.shutdown()
    }

    @Test func `retry puts back those who certainly did not answer, and nobody else who was called`() async throws {
        let cli = try await Self.cli()
        let retry = try await cli.discador("retry", "camp", "--where", "state = accepted", "--yes", "--json")
        #expect(retry.exitCode == 0, "\(retry.stderr)")
        #expect(try JSONValue(retry.stdout)["requeued"] == 1)
        #expect(try cli.counts().ready == 1 && cli.counts().accepted == 2)
        let why = try JSONValue(try await cli.discador("why", "camp", Self.phones[1], "--json").stdout)
        #expect(why["contact"]?["state"] == "ready")
        await cli.simulator.shutdown()
    }

    @Test func `why tells everything about one person in the order in which it happened`() async throws {
        let cli = try await Self.cli()
        let answered = try await cli.discador("why", "camp", Self.phones[0])
        let lines = answered.stdout.split(separator: "\n").map(String.init)
        let places = ["Attempt 1:", "Event DeliveryCallback", "Event ReceivedCallback CALL_ACCEPTED"].map { start in
            lines.firstIndex { $0.hasPrefix(start) }
        }
        #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted() && !places.contains(nil), "\(lines)")
        #expect(answered.stdout.contains("It was answered.") && answered.stdout.contains(", answered 2"))
        let replied = try await cli.discador("why", "camp", Self.phones[2])
        #expect(replied.stdout.contains("“Tudo bem?”") && replied.stdout.contains("Replied 2"), "\(replied.stdout)")
        let document = try JSONValue(try await cli.discador("why", "camp", Self.phones[1], "--json").stdout)
        #expect(document["timeline"]?[0]?["kind"] == "import" && document["timeline"]?[1]?["kind"] == "attempt")
        #expect(document["attempts"]?[0]?["answer"] == "not_answered")
        #expect(document["contact"]?["answer"] == "not_answered")
        await cli.simulator.shutdown()
    }

    @Test func `show counts what has arrived, without secrets`() async throws {
        let cli = try await Self.cli()
        #expect(
            try await cli.discador("webhooks", "set", "camp", "--url", "http://127.0.0.1:7071").exitCode == 0)
        let show = try await cli.discador("webhooks", "show", "camp", environment: [:])
        #expect(show.exitCode == 0, "\(show.stderr)")
        #expect(show.stdout.contains("127.0.0.1:7071 since 2") && show.stdout.contains("DeliveryCallback"))
        let document = try JSONValue(try await cli.discador("webhooks", "show", "camp", "--check", "--json").stdout)
        let instances = try [0, 1].map { try #require(document["instances"]?[$0]) }
        #expect(instances.allSatisfy { $0["host"] == "127.0.0.1:7071" && $0["problems"] == .array([]) })
        #expect(instances.allSatisfy { $0["answer"]?.text?.contains("delivery") == true })
        try await cli.setWebhooks(of: "A", to: "https://crm.example.com/in")
        let lost = try await cli.discador("webhooks", "show", "camp", "--check")
        #expect(lost.exitCode == 4 && lost.stdout.contains("Z-API has no address of this database"), "\(lost.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `show says in words that events could not be read, and a check fails on them`() async throws {
        let cli = try await Self.cli()
        #expect(try await cli.discador("webhooks", "set", "camp", "--url", "http://127.0.0.1:7071").exitCode == 0)
        #expect(try await cli.discador("webhooks", "show", "camp", "--check").exitCode == 0)
        try await cli.receive { [Array(#"{"type":"ReceivedCallback","phone":"\#($0.phone)","text":{"#.utf8)] }
        let show = try await cli.discador("webhooks", "show", "camp")
        #expect(show.exitCode == 0 && show.stdout.contains("could not be read"), "\(show.stdout)")
        #expect(try await cli.discador("webhooks", "show", "camp", "--check").exitCode == 4)
        let document = try JSONValue(try await cli.discador("webhooks", "show", "camp", "--json").stdout)
        #expect([0, 1].contains { document["instances"]?[$0]?["unreadable"] != 0 }, "\(document)")
        await cli.simulator.shutdown()
    }

    @Test func `replay applies an event that was not understood when it came, once`() async throws {
        let cli = try await CLIFixture(phones: [Self.phones[0]])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        // An earlier version took them for something else.
        try await cli.receive(as: .other) { [$0.notification("CALL_MISSED")] }
        #expect(
            try JSONValue(try await cli.discador("status", "--json").stdout)["campaigns"]?[0]?["happened"]?[
                "notAnswered"] == 0)
        let replay = try JSONValue(try await cli.discador("webhooks", "replay", "camp", "--unmatched", "--json").stdout)
        #expect(replay["events"] == 1 && replay["matched"] == 1)
        #expect(
            try JSONValue(try await cli.discador("status", "--json").stdout)["campaigns"]?[0]?["happened"]?[
                "notAnswered"] == 1)
        let again = try JSONValue(try await cli.discador("webhooks", "replay", "camp", "--json").stdout)
        #expect(again["matched"] == 0 && again["changed"] == 0)
        #expect(try await cli.discador("webhooks", "replay", "camp", "--since", "soon").exitCode == 64)
        await cli.simulator.shutdown()
    }

    @Test func `a quarantine is shown, and ends when a person says so`() async throws {
        let cli = try await CLIFixture(phones: [Self.phones[0]])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("webhooks", "set", "camp", "--url", "http://127.0.0.1:7071").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        let call = try #require(cli.calls.first)
        try await cli.receive { call in
            [call.body("DeliveryCallback", #""zaapId":"\#(call.zaapId)","error":"no","errorCode":"SHADOW_BAN""#)]
        }
        let status = try await cli.discador("status", "camp")
        #expect(status.stdout.contains("QUARANTINE until 2"), "\(status.stdout)")
        #expect(status.stdout.contains("discador webhooks release camp --instance i\(call.instance)"))
        #expect(try await cli.discador("webhooks", "show", "camp").exitCode == 4)
        #expect(try await cli.discador("check", "camp").stdout.contains("QUARANTINE until 2"))
        let release = ["webhooks", "release", "camp", "--instance", "i\(call.instance)"]
        #expect(try await Program.run(release, in: cli.folder, environment: CLIFixture.environment).exitCode == 64)
        let released = try await Program.run(
            release + ["--yes"], in: cli.folder, environment: CLIFixture.environment)
        #expect(released.exitCode == 0 && released.stdout.contains("is released"), "\(released.stderr)")
        #expect(!(try await cli.discador("status", "camp").stdout.contains("QUARANTINE")))
        await cli.simulator.shutdown()
    }
}

/// A call that the simulator has taken.
struct TakenCall {
    let instance, phone, zaapId, messageId: String

    /// A webhook about it.
    ///
    /// - Parameter members: what the kind has besides.
    func body(_ type: String, _ members: String, ids: Bool = true) -> [UInt8] {
        let message = ids ? #","messageId":"\#(messageId)""# : #","messageId":"reply-\#(messageId)""#
        return Array(
            #"{"type":"\#(type)","instanceId":"\#(instance)","phone":"\#(phone)"\#(message),\#(members)}"#.utf8)
    }

    func notification(_ word: String) -> [UInt8] {
        body("ReceivedCallback", #""notification":"\#(word)","callDirection":"outgoing","callId":"\#(messageId)""#)
    }
}

extension CLIFixture {
    /// The calls that the simulator has taken.
    var calls: [TakenCall] {
        simulator.ledger().filter { $0.endpoint == "send-call" }.compactMap { entry in
            guard let instance = entry.instance, let phone = entry.phone, let zaapId = entry.zaapId,
                let messageId = entry.messageId
            else { return nil }
            return TakenCall(instance: instance, phone: phone, zaapId: zaapId, messageId: messageId)
        }
    }

    /// Receives webhooks about each call, while no other process holds the database.
    ///
    /// - Parameter kind: what an event is taken for; nil: what it is.
    func receive(as kind: CallEvent.Kind? = nil, _ bodies: (TakenCall) -> [[UInt8]]) async throws {
        let store = try CampaignStore(
            path: database, holder: .init(pid: getpid(), host: "here", command: "test", since: .epoch))
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        for call in calls {
            for body in bodies(call) {
                guard case .events(var events) = WebhookTable.read(body, instance: call.instance, at: now) else {
                    Issue.record("\(String(decoding: body, as: UTF8.self)) cannot be read")
                    continue
                }
                if let kind { for index in events.indices { events[index].event.kind = kind } }
                _ = try await store.receive(events)
            }
        }
        try store.close()
    }
}
