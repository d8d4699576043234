import CampaignCore
import CampaignStore
import Foundation

/// A database with calls that Z-API has accepted, and what its webhooks say about them.
struct AcceptedCalls {
    private static let uptime = Uptime(boot: "benchmark", duration: .zero)

    /// Z-API's id of the instance that placed them.
    let instance: String
    /// Calls in a transaction.
    var batch = 100

    /// Makes the database through the import, claims and results.
    func store(path: String, count: Int) async throws -> CampaignStore {
        let store = try CampaignStore(
            path: path,
            holder: .init(
                pid: ProcessInfo.processInfo.processIdentifier, host: "", command: "benchmark", since: Self.now()))
        let campaign = Campaign(
            name: "benchmark", instances: [Instance(name: "benchmark", id: instance, token: Secret("T"))])
        _ = try await store.importLists(campaign: campaign.name, file: "benchmark", now: Self.now()) { writer in
            try writer.beginList(file: "benchmark.csv", columns: ["telefone"])
            for number in 0..<count {
                let text = Phones.number(number)
                guard let phone = PhoneNumber(text: text) else {
                    throw BenchmarkFailure("\(text) is not a phone number.")
                }
                try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [text])))
            }
        }
        _ = try await store.begin(RunStart(campaign: campaign, now: Self.now(), uptime: Self.uptime))
        var underWay: [ClaimedCall] = []
        var accepted = 0
        while accepted < count || !underWay.isEmpty {
            let claims = min(batch, count - accepted)
            underWay = try await turn(store, results: underWay, claims: claims)
            accepted += claims
        }
        try await store.leave(RunDeparture(campaign: 0, staysActive: false))
        return store
    }

    /// For each call that it went out, and then that it was answered.
    func bodies(count: Int) -> [[UInt8]] {
        (0..<count).map { index in
            let number = index % ((count + 1) / 2)
            let phone = Phones.number(number)
            let common = #""instanceId":"\#(instance)","phone":"\#(phone)","momment":\#(1_795_694_400_000 + index)"#
            let text =
                index == number
                ? #"{"type":"DeliveryCallback","zaapId":"Z\#(phone)","messageId":"M\#(phone)",\#(common)}"#
                : #"""
                {"isStatusReply":false,"chatLid":null,"connectedPhone":"5511900000000","waitingMessage":false,"isEdit":false,\#
                "isGroup":false,"isNewsletter":false,"messageId":"M\#(phone)","callId":"M\#(phone)","fromMe":false,\#
                "status":"RECEIVED","chatName":"Maria da Silva","senderPhoto":null,"photo":null,"broadcast":false,\#
                "type":"ReceivedCallback","notification":"CALL_ACCEPTED","notificationParameters":[],\#
                "callDirection":"outgoing","isVideo":false,"fromApi":true,\#(common)}
                """#
            return Array(text.utf8)
        }
    }

    /// One transaction: the results of calls under way, and new calls.
    private func turn(_ store: CampaignStore, results: [ClaimedCall], claims: Int) async throws -> [ClaimedCall] {
        let now = Self.now()
        let results = results.map { call in
            let phone = call.phone.text
            return AttemptResult(
                call: call,
                reply: CallReply(
                    verdict: .accepted(CallReceipt(zaapId: "Z\(phone)", messageId: "M\(phone)")), httpStatus: 200),
                decision: .accepted, times: CallTimes(startedAt: now, endedAt: now, latency: .milliseconds(5)))
        }
        var batch = CommitBatch(
            results: results, campaigns: [CampaignBatch(campaign: 0, claims: Array(repeating: 0, count: claims))],
            now: now)
        batch.paces[0] = PaceMoment(at: now, uptime: Self.uptime)
        return try await store.commit(batch).campaigns[0].calls
    }

    @Sendable static func now() -> Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
