import CampaignCore

/// The keys of `pace`.
enum PaceKey: String, SectionKey {
    case calls, per
}

extension Value {
    private static let paceForm = "{calls: 6, per: 1m}"

    /// The pace of the whole campaign.
    func pace(_ reading: inout Reading) -> Pace? {
        guard let section = section(PaceKey.self, expected: Self.paceForm, &reading) else { return nil }
        let calls = section.required(.calls, remedy: "write \(Self.paceForm)", &reading)
        let per = section.required(.per, remedy: "write \(Self.paceForm)", &reading)
        let count = calls?.integer(in: 1...1_000_000, &reading)
        let span = per?.duration(in: .milliseconds(1)...(.seconds(86_400)), &reading)
        guard let count, let span else { return nil }
        return Pace(calls: count, per: span)
    }

    /// The pace of an instance: a mapping, or the word `open` when its address is on this machine.
    ///
    /// - Parameter isLoopback: whether it is on this machine; nil when that is not known, which is reported elsewhere.
    func instancePace(isLoopback: Bool?, _ reading: inout Reading) -> InstancePace? {
        guard isText else { return pace(&reading).map(InstancePace.every) }
        guard let text = text(expected: Self.paceForm, &reading) else { return nil }
        guard text.value == "open" else {
            text.report("is no pace", remedy: "write \(Self.paceForm)", &reading)
            return nil
        }
        guard isLoopback != false else {
            text.report(
                "is only for an instance on this machine: calls without spacing get a real number banned",
                remedy: "write \(Self.paceForm), or leave pace out for the usual spacing",
                &reading
            )
            return nil
        }
        return .open
    }
}
