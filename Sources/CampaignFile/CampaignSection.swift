import CampaignCore
import Foundation

/// The keys of the campaign file's top level.
enum CampaignKey: String, SectionKey {
    case name, contacts, columns, country, call, instances, pace, workers, timeout, retry, inDoubt, health, expires
    case window, brake
}

extension Section where Key == CampaignKey {
    /// The campaign. It is whole only if nothing was reported.
    func campaign(_ reading: inout Reading) -> Campaign {
        let name = required(.name, remedy: "write a name such as november-reminders", &reading)?.name(&reading)
        var campaign = Campaign(name: name?.value ?? "", instances: [])
        campaign.contacts = self[.contacts]?.text(expected: "the path of a CSV file", &reading)?.value
        campaign.columns = self[.columns]?.columns(&reading) ?? campaign.columns
        campaign.country = self[.country]?.country(&reading) ?? campaign.country
        campaign.callDuration = self[.call]?.callDuration(&reading) ?? campaign.callDuration
        campaign.instances = instances(&reading)
        campaign.pace = self[.pace]?.pace(&reading)
        campaign.workers = self[.workers]?.integer(in: 1...256, &reading) ?? campaign.workers
        campaign.timeout = self[.timeout]?.duration(in: .seconds(1)...(.seconds(300)), &reading) ?? campaign.timeout
        campaign.retry = self[.retry]?.retry(&reading) ?? campaign.retry
        campaign.inDoubt = self[.inDoubt]?.word(DoubtPolicy.self, &reading) ?? campaign.inDoubt
        campaign.healthInterval = self[.health]?.healthInterval(&reading) ?? campaign.healthInterval
        readTimes(into: &campaign, &reading)
        campaign.brake = self[.brake]?.brake(&reading)
        return campaign
    }

    private func instances(_ reading: inout Reading) -> [Instance] {
        let remedy = "write a list with a name, an id and a token for each instance"
        let list = required(.instances, remedy: remedy, &reading)?
            .list(expected: "a list with a name, an id and a token for each instance", &reading)
        var instances: [Instance] = []
        var names: [String: String] = [:]
        var ids: [String: String] = [:]
        for value in list ?? [] {
            let section = value.section(InstanceKey.self, expected: "name, id and token of an instance", &reading)
            guard let section else { continue }
            let instance = section.instance(&reading)
            let path = value.place.keyPath
            if let place = section[.name]?.place, !instance.name.isEmpty,
                let other = names.updateValue(path, forKey: instance.name)
            {
                reading.report("\(other) has this name already", at: place, remedy: "give each instance its own")
            }
            if let place = section[.id]?.place, !instance.id.isEmpty,
                let other = ids.updateValue(path, forKey: instance.id)
            {
                reading.report(
                    "\(other) has this id already, and one phone would be called through at twice its pace",
                    at: place,
                    remedy: "list each instance once"
                )
            }
            instances.append(instance)
        }
        return instances
    }

    /// The window, and the end of the campaign in the window's time zone.
    private func readTimes(into campaign: inout Campaign, _ reading: inout Reading) {
        var zone: CallingWindow.Zone?
        if let value = self[.window] {
            // Whatever is wrong with it is reported: nil is only taken for “always” where that is what was written.
            campaign.window = nil
            campaign.hasWrittenWindow = true
            if value.isText {
                value.always(&reading)
            } else if let section = value.section(
                WindowKey.self, expected: "timezone, days, from and to, or always", &reading)
            {
                zone = section.zone(&reading)
                campaign.window = section.window(by: zone, &reading)
            }
        }
        if campaign.window?.zone == .contact, !ContactZones.knows(country: campaign.country) {
            reading.report(
                "no time zones are known for the country \(campaign.country), and the window goes by each contact's clock",
                at: self[.window]?.place ?? self[.country]?.place ?? place,
                remedy: "correct country, or write a window with a timezone such as America/Sao_Paulo")
        }
        guard let text = self[.expires]?.text(expected: "a moment such as 2026-11-30T18:00", &reading) else { return }
        guard let expiry = Expiry(text.value) else {
            text.report("is no moment", remedy: "write YYYY-MM-DDTHH:MM, such as 2026-11-30T18:00", &reading)
            return
        }
        let remedy = "add an offset, such as 2026-11-30T18:00-03:00"
        if let zone = expiry.offset.flatMap({ TimeZone(secondsFromGMT: $0) }) ?? zone?.timeZone {
            campaign.expires = expiry.moment(in: zone)
            if campaign.expires == nil {
                text.report("is skipped by the clocks of the time zone", remedy: "write a time that exists", &reading)
            }
        } else if zone == .contact {
            text.report("has no time zone, and the window has each contact's own", remedy: remedy, &reading)
        } else if self[.window] == nil {
            text.report("has no time zone, and there is no window to take one from", remedy: remedy, &reading)
        } else if self[.window]?.isText == true {
            text.report("has no time zone, and a window that is always open has none", remedy: remedy, &reading)
        }
    }
}

extension Value {
    /// The one word that stands for a window: calls at any hour.
    fileprivate func always(_ reading: inout Reading) {
        let expected = "timezone, days, from and to; or always, if calls may ring at any hour"
        guard let text = text(expected: expected, &reading), text.value != "always" else { return }
        text.report("is no window", remedy: "write \(expected)", &reading)
    }
}

extension CallingWindow.Zone {
    /// The one zone; nil when each contact has its own.
    fileprivate var timeZone: TimeZone? {
        switch self {
        case .fixed(let name): TimeZone(identifier: name)
        case .contact: nil
        }
    }
}
