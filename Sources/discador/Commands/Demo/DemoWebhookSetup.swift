import CampaignCore
import CampaignStore
import Webhooks

/// Tells the demo's simulator where webhooks are received, as `webhooks set` does.
struct DemoWebhookSetup {
    let campaign: Campaign
    let options: GlobalOptions

    /// A receiver that only this machine reaches, on a free port.
    @inline(never)  // see `RunLoop.open`
    static func receiver() throws -> WebhookServerConfiguration {
        try WebhookServerConfiguration(ListenAddress(host: "127.0.0.1", port: 0))
    }

    /// - Parameter port: the receiver's.
    func run(_ port: Int, _ context: OperationContext) async throws -> PublicAddress {
        let address = try PublicAddress(option: "http://127.0.0.1:\(port)")
        let suggested = options.suggested()
        let setup = WebhookSetup(
            campaign: campaign, instances: campaign.instances, options: options, suggested: suggested, choice: .ask,
            overlap: .zero, held: context)
        let report = try await setup.run { _ in address }
        if let other = report.instances.first(where: { $0.exit != .success }) {
            throw Failure(other.exit, Phrase(of: other.text(campaign.name, suggested)))
        }
        return address
    }
}
