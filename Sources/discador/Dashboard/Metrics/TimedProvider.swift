import CampaignCore

/// Z-API, with a watch at each call.
struct TimedProvider: CallProvider {
    private let provider: any CallProvider
    /// By the instance's place in the campaign's list.
    private let observers: [LatencyObserver]

    init(_ provider: any CallProvider, of campaign: Campaign, _ measurements: ServiceMeasurements) {
        self.provider = provider
        observers = campaign.instances.map { measurements.requestObserver(ofInstance: $0.id) }
    }

    /// A call that never left says nothing about Z-API.
    func call(
        _ phone: PhoneNumber, seconds: Int, audio: String?, through instance: Int,
        unless refusal: @escaping @Sendable () -> SendRefusal?
    ) async -> CallReply {
        let end = observers.indices.contains(instance) ? observers[instance].begin() : {}
        let reply = await provider.call(phone, seconds: seconds, audio: audio, through: instance, unless: refusal)
        if reply.verdict.outcome != .notSent { end() }
        return reply
    }

    func health(of instance: Int) async -> InstanceHealth { await provider.health(of: instance) }
}
