import CampaignCore
import CampaignRunner
import CampaignStore
import Foundation
import Logging
import ZAPI

/// A campaign that is dialed from the database into which events are received.
struct DialingBeside {
    /// Far from the numbers that events are about.
    private static let firstNumber = 50_000_000
    private static let name = "beside"

    let baseURL: String
    let callsPerSecond: Int
    /// How long it is dialed, in seconds; at least as long as `body` takes.
    let seconds: Int

    /// Puts its contacts into the database.
    func fill(_ store: CampaignStore) async throws {
        _ = try await store.importLists(campaign: Self.name, file: Self.name, now: AcceptedCalls.now()) { writer in
            try writer.beginList(file: "beside.csv", columns: ["telefone"])
            for number in 0..<(callsPerSecond * seconds) {
                let text = Phones.number(Self.firstNumber + number)
                guard let phone = PhoneNumber(text: text) else { throw Unfinished(report: text) }
                try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [text])))
            }
        }
    }

    /// Runs `body` while calls are placed, and waits for the last of them.
    ///
    /// - Returns: also how many calls a second were accepted.
    func dialing<Value: Sendable>(
        _ store: CampaignStore, _ body: @Sendable () async throws -> Value
    ) async throws -> (value: Value, callsPerSecond: Double) {
        var instance = Instance(name: "beside", id: "B", token: Secret("T"), clientToken: Secret("C"))
        (instance.baseURL, instance.pace) = (baseURL, .open)
        var campaign = Campaign(name: Self.name, instances: [instance])
        campaign.window = nil
        campaign.pace = Pace(calls: callsPerSecond, per: .seconds(1))
        let client = ZAPIClient(
            instances: campaign.instances, timeout: campaign.timeout, connections: campaign.workers,
            now: AcceptedCalls.now)
        let control = DispatcherControl()
        let dispatcher = Dispatcher(
            store: store, control: control,
            dependencies: .init(
                clock: ContinuousClock(), now: AcceptedCalls.now, uptime: { Uptime(boot: "", duration: .zero) },
                random: { 0.5 }, logger: Logger(label: "run") { _ in SwiftLogNoOpLogHandler() }))
        let dialed = DialedCampaign(campaign, provider: client, calendar: WindowCalendar(window: nil) { _ in 0 })
        let start = ContinuousClock.now
        async let loop: Void = dispatcher.run()
        async let report = control.dial(dialed)
        let value = try await body()
        let accepted = try await report.counts.accepted
        let elapsed = ContinuousClock.now - start
        control.close()
        await loop
        try await client.pool.shutdown()
        return (value, Double(accepted) / elapsed.inSeconds)
    }
}
