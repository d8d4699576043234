import CampaignCore
import CampaignStore
import Dashboard
import Foundation

/// What instances are called in metrics: the name that a campaign last gave them. Ids of Z-API are part of what opens an
/// account, so none is shown.
struct InstanceLabels {
    private var names: [String: String] = [:]

    /// - Parameter instances: all that are known, in the order of their names.
    init(_ instances: [(id: String, name: String)]) {
        // Where several have the same name, a number tells them from each other.
        for (_, same) in Dictionary(grouping: instances, by: \.name) {
            for (place, instance) in same.enumerated() {
                names[instance.id] = place == 0 ? instance.name : "\(instance.name) (\(place + 1))"
            }
        }
    }

    /// - Parameter id: Z-API's id.
    subscript(id: String) -> String { names[id] ?? "unknown" }
}

/// The condition of instances, and what is left to them of the day.
struct InstanceMetrics {
    let labels: InstanceLabels
    let families: [MetricFamily]

    init(_ reader: StoreReader, at now: Timestamp) throws {
        let instances = try reader.instanceGauges(now: now)
        labels = InstanceLabels(instances.map { ($0.id, $0.name) })
        var healthy = MetricFamily(.instanceHealthy)
        var left = MetricFamily(.callsLeftToday)
        for instance in instances {
            let label = labels[instance.id]
            if let condition = instance.condition { healthy.add(condition == .connected, label) }
            if let calls = Self.callsLeft(instance, at: now) { left.add(calls, label) }
        }
        families = [healthy, left]
    }

    /// By the rule that runs and `status` use.
    private static func callsLeft(_ instance: InstanceGauge, at now: Timestamp) -> Int? {
        guard let limits = instance.limits else { return nil }
        let zone = instance.timeZone.flatMap(TimeZone.init(identifier:)) ?? .current
        var allowance = DayAllowance(
            limits: limits, uses: instance.uses, calendar: WindowCalendar(window: nil, zone: zone))
        return allowance.left(at: now)
    }
}
