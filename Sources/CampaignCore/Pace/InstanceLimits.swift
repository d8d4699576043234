/// The limits of an instance: those of every campaign that shares it, all of which apply.
///
/// A campaign can tighten an instance's limits but never loosen them: campaigns that share a phone share its risk.
package struct InstanceLimits: Hashable, Sendable {
    /// How the instance spaces its calls; the longest gap of these applies.
    package var paces: [InstancePace]
    /// Maximum number of calls per day; nil means no cap.
    package var dailyCap: Int?
    /// The warm-ups: maximum number of calls on its first, second, … day of use; the lowest one applies.
    package var warmups: [[Int]]

    /// The limits that one campaign sets.
    package init(_ instance: Instance) {
        paces = [instance.pace]
        dailyCap = instance.dailyCap
        warmups = instance.warmup.isEmpty ? [] : [instance.warmup]
    }

    package init(paces: [InstancePace], dailyCap: Int?, warmups: [[Int]]) {
        self.paces = paces
        self.dailyCap = dailyCap
        self.warmups = warmups
    }

    /// Adds the limits of another campaign.
    package mutating func tighten(by other: InstanceLimits) {
        for pace in other.paces where !paces.contains(pace) { paces.append(pace) }
        dailyCap = [dailyCap, other.dailyCap].compactMap(\.self).min()
        for ladder in other.warmups where !warmups.contains(ladder) { warmups.append(ladder) }
    }

    /// The minimum time from the start of a call to the start of the next one.
    ///
    /// - Parameters:
    ///   - ringing: how long the call rings.
    ///   - random: a number in 0..<1.
    package func gap(ringing: Duration, random: Double) -> Duration {
        paces.map { $0.gap(ringing: ringing, random: random) }.max() ?? .zero
    }

    /// Maximum number of calls on a day that follows this many days of use; nil means no cap.
    package func cap(daysOfUseBefore days: Int) -> Int? {
        let rungs = warmups.map { $0[min(max(days, 0), $0.count - 1)] }
        return ([dailyCap].compactMap(\.self) + rungs).min()
    }
}
