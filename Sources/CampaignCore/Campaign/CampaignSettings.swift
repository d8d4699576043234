/// A setting of a campaign as a report shows it.
package struct CampaignSetting: Hashable, Sendable, Codable {
    /// Its place in the campaign file: `retry`, `instances.vendas.pace`.
    package var key: String
    /// Its value, written as in the campaign file.
    package var value: String

    package init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }
}

extension Campaign {
    /// The settings that decide who is called, when and how often; no secret, and no address that may hold one.
    package var settings: [CampaignSetting] {
        var settings = [
            CampaignSetting("country", country),
            CampaignSetting("call", "{duration: \(callDuration)\(callAudioURL == nil ? "" : ", audio: …")}"),
        ]
        if fallsBack { settings.append(CampaignSetting("fallback", "true")) }
        for instance in instances { settings += instance.settings }
        if let pace { settings.append(CampaignSetting("pace", pace.setting)) }
        settings += [
            CampaignSetting("share", "\(share)"),
            CampaignSetting("workers", "\(workers)"),
            CampaignSetting("timeout", timeout.setting),
            CampaignSetting(
                "retry",
                "{attempts: \(retry.attempts), first: \(retry.first.setting), longest: \(retry.longest.setting)}"),
        ]
        if let redial {
            settings.append(
                CampaignSetting(
                    "redial", "{notAnswered: {attempts: \(redial.attempts), after: \(redial.after.setting)}}"))
        }
        settings += [
            CampaignSetting("inDoubt", inDoubt.rawValue),
            CampaignSetting("health", "{every: \(healthInterval.setting)}"),
            CampaignSetting("window", window?.setting ?? "always"),
        ]
        if let expires { settings.append(CampaignSetting("expires", expires.iso8601(utcOffset: 0))) }
        if let brake {
            settings.append(CampaignSetting("brake", "{failures: \(brake.failuresPercent)%, over: \(brake.over)}"))
        }
        if let perPerson { settings.append(CampaignSetting("perPerson", perPerson.setting)) }
        settings.append(CampaignSetting("queueWhileDisconnected", queueWhileDisconnected.rawValue))
        return settings
    }
}

extension Instance {
    fileprivate var settings: [CampaignSetting] {
        let key = "instances.\(name)"
        var settings: [CampaignSetting]
        switch pace {
        case .afterRinging: settings = [CampaignSetting("\(key).pace", "callDuration + 1…3 s")]
        case .every(let pace): settings = [CampaignSetting("\(key).pace", pace.setting)]
        case .open: settings = [CampaignSetting("\(key).pace", "open")]
        }
        if let dailyCap { settings.append(CampaignSetting("\(key).dailyCap", "\(dailyCap)")) }
        if !warmup.isEmpty {
            settings.append(CampaignSetting("\(key).warmup", "[\(warmup.map { "\($0)" }.joined(separator: ", "))]"))
        }
        return settings
    }
}

extension Pace {
    fileprivate var setting: String { "{calls: \(calls), per: \(per.setting)}" }
}

extension PersonLimit {
    fileprivate var setting: String {
        let parts = [
            quota.map { "calls: \($0.calls), per: \($0.per.setting)" },
            unansweredInARow.map { "unansweredInARow: \($0)" },
        ]
        return "{\(parts.compactMap(\.self).joined(separator: ", "))}"
    }
}

extension CallingWindow {
    fileprivate var setting: String {
        let zone = timeZone ?? "contact"
        let days = Day.allCases.filter { self.days.contains($0) }.map(\.rawValue).joined(separator: ", ")
        var text = "{timezone: \(zone), days: [\(days)], from: \(Self.clock(fromMinute)), to: \(Self.clock(toMinute))"
        let offDays = holidays.map { "\($0.year)-\(Self.padded($0.month))-\(Self.padded($0.day))" }.sorted()
        if !offDays.isEmpty { text += ", holidays: [\(offDays.joined(separator: ", "))]" }
        return text + "}"
    }

    private static func clock(_ minute: Int) -> String { "\(padded(minute / 60)):\(padded(minute % 60))" }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Duration {
    /// In its largest whole unit, as a campaign file has it: `90s`, `7d`.
    fileprivate var setting: String {
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        let units: [(Int64, String)] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s")]
        guard let (length, unit) = units.first(where: { milliseconds >= $0.0 && milliseconds.isMultiple(of: $0.0) })
        else { return "\(milliseconds)ms" }
        return "\(milliseconds / length)\(unit)"
    }
}
