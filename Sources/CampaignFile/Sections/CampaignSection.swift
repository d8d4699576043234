import CampaignCore
import Foundation

/// The keys of the campaign file's top level.
enum CampaignKey: String, YAMLKey {
    case name, contacts, columns, fallback, country, call, instances, pace, share, follow, workers, timeout, retry,
        inDoubt
    case health, expires, window, brake, redial, perPerson, optOut, notify, queueWhileDisconnected, retention
}

extension YAMLMapping where Key == CampaignKey {
    /// The campaign. It is complete only if nothing was reported.
    func campaign(_ context: inout ParseContext) -> Campaign {
        let name = required(
            .name, remedy: Phrase("write a name such as november-reminders", "escreva um nome como november-reminders"),
            &context)?.name(&context)
        var campaign = Campaign(name: name?.value ?? "", instances: [])
        campaign.contacts =
            self[.contacts]?.text(expected: Phrase("the path of a CSV file", "o caminho de um arquivo CSV"), &context)?
            .value
        campaign.columns = self[.columns]?.columns(&context) ?? campaign.columns
        campaign.fallsBack = self[.fallback]?.truth(&context) ?? campaign.fallsBack
        campaign.country = self[.country]?.country(&context) ?? campaign.country
        let call = self[.call]?.call(&context)
        campaign.callDuration = call?.duration ?? campaign.callDuration
        campaign.callAudioURL = call?.audio
        campaign.instances = instances(&context)
        campaign.pace = self[.pace]?.pace(&context)
        campaign.share = self[.share]?.integer(in: 1...1000, &context) ?? campaign.share
        campaign.follows = self[.follow]?.truth(&context) ?? campaign.follows
        campaign.workers = self[.workers]?.integer(in: 1...256, &context) ?? campaign.workers
        campaign.timeout = self[.timeout]?.duration(in: .seconds(1)...(.seconds(300)), &context) ?? campaign.timeout
        campaign.retry = self[.retry]?.retry(&context) ?? campaign.retry
        campaign.inDoubt = self[.inDoubt]?.word(DoubtPolicy.self, &context) ?? campaign.inDoubt
        campaign.healthInterval = self[.health]?.healthInterval(&context) ?? campaign.healthInterval
        readTimes(into: &campaign, &context)
        campaign.brake = self[.brake]?.brake(&context)
        campaign.redial = self[.redial]?.redial(&context)
        campaign.perPerson = self[.perPerson]?.personLimit(&context)
        campaign.optOut = self[.optOut]?.optOut(&context) ?? campaign.optOut
        campaign.notify = self[.notify]?.notificationTarget(&context)
        campaign.queueWhileDisconnected =
            self[.queueWhileDisconnected]?.word(OfflineQueuePolicy.self, &context) ?? campaign.queueWhileDisconnected
        campaign.retention = self[.retention]?.duration(
            in: .seconds(86_400)...(.seconds(3650 * 86_400)), &context)
        return campaign
    }

    private func instances(_ context: inout ParseContext) -> [Instance] {
        let remedy = Phrase(
            "write a list with a name, an id and a token for each instance",
            "escreva uma lista com name, id e token de cada instância")
        let list = required(.instances, remedy: remedy, &context)?
            .list(
                expected: Phrase(
                    "a list with a name, an id and a token for each instance",
                    "uma lista com name, id e token de cada instância"), &context)
        var instances: [Instance] = []
        var names: [String: String] = [:]
        var ids: [String: String] = [:]
        for value in list ?? [] {
            let section = value.mapping(
                InstanceKey.self,
                expected: Phrase("name, id and token of an instance", "name, id e token de uma instância"), &context)
            guard let section else { continue }
            let instance = section.instance(&context)
            let path = value.location.keyPath
            if let location = section[.name]?.location, !instance.name.isEmpty,
                let other = names.updateValue(path, forKey: instance.name)
            {
                context.report(
                    Phrase("\(other) already has this name", "\(other) já tem este nome"), at: location,
                    remedy: Phrase("give each instance its own", "dê a cada instância o seu"))
            }
            if let location = section[.id]?.location, !instance.id.isEmpty,
                let other = ids.updateValue(path, forKey: instance.id)
            {
                context.report(
                    Phrase(
                        "\(other) already has this id, so one phone would call at twice its pace",
                        "\(other) já tem este id, e um mesmo telefone ligaria no dobro do seu ritmo"),
                    at: location,
                    remedy: Phrase("list each instance once", "liste cada instância uma só vez")
                )
            }
            instances.append(instance)
        }
        return instances
    }

    /// The window, and the end of the campaign in the window's time zone.
    private func readTimes(into campaign: inout Campaign, _ context: inout ParseContext) {
        var zone: CallingWindow.Zone?
        if let value = self[.window] {
            // Any problem with it has been reported: nil means “always” only if that is what the file says.
            campaign.window = nil
            campaign.hasWrittenWindow = true
            if value.isText {
                value.always(&context)
            } else if let section = value.mapping(
                WindowKey.self,
                expected: Phrase("timezone, days, from and to, or always", "timezone, days, from e to, ou always"),
                &context)
            {
                zone = section.zone(&context)
                campaign.window = section.window(by: zone, &context)
            }
        }
        if campaign.window?.zone == .contact, !ContactZones.knows(country: campaign.country) {
            context.report(
                Phrase(
                    "no time zones are known for country \(campaign.country), and the window follows each contact's clock",
                    "não se conhecem fusos horários para o país \(campaign.country), e a janela segue o relógio de cada contato"
                ),
                at: self[.window]?.location ?? self[.country]?.location ?? location,
                remedy: Phrase(
                    "correct country, or write a window with a timezone such as America/Sao_Paulo",
                    "corrija country, ou escreva uma janela com um timezone como America/Sao_Paulo"))
        }
        guard
            let text = self[.expires]?.text(
                expected: Phrase("a date and time such as 2026-11-30T18:00", "uma data e hora como 2026-11-30T18:00"),
                &context)
        else {
            return
        }
        guard let expiry = Expiry(text.value) else {
            text.report(
                Phrase("is not a valid date and time", "não é uma data e hora válida"),
                remedy: Phrase(
                    "write YYYY-MM-DDTHH:MM, such as 2026-11-30T18:00",
                    "escreva YYYY-MM-DDTHH:MM, como 2026-11-30T18:00"), &context)
            return
        }
        let remedy = Phrase(
            "add an offset, such as 2026-11-30T18:00-03:00",
            "acrescente a diferença para UTC, como 2026-11-30T18:00-03:00")
        if let zone = expiry.offset.flatMap({ TimeZone(secondsFromGMT: $0) }) ?? zone?.timeZone {
            campaign.expires = expiry.moment(in: zone)
            if campaign.expires == nil {
                text.report(
                    Phrase(
                        "does not exist: clocks in this time zone skip it",
                        "não existe: os relógios deste fuso horário pulam essa hora"),
                    remedy: Phrase("write a time that exists", "escreva uma hora que exista"), &context)
            }
        } else if zone == .contact {
            text.report(
                Phrase(
                    "has no time zone, and the window follows each contact's clock",
                    "não tem fuso horário, e a janela segue o relógio de cada contato"), remedy: remedy, &context)
        } else if self[.window] == nil {
            text.report(
                Phrase(
                    "has no time zone, and there is no window to take one from",
                    "não tem fuso horário, e não há janela de onde tirá-lo"), remedy: remedy, &context)
        } else if self[.window]?.isText == true {
            text.report(
                Phrase(
                    "has no time zone, and a window that is always open has none either",
                    "não tem fuso horário, e uma janela sempre aberta também não tem"), remedy: remedy, &context)
        }
    }
}

extension YAMLValue {
    /// The one word that is allowed instead of a window: calls at any hour.
    fileprivate func always(_ context: inout ParseContext) {
        let expected = Phrase(
            "timezone, days, from and to; or always, if calls may ring at any hour",
            "timezone, days, from e to; ou always, se as ligações podem tocar a qualquer hora")
        guard let text = text(expected: expected, &context), text.value != "always" else { return }
        text.report(
            Phrase("is not a valid window", "não é uma janela válida"), remedy: Phrase("write ", "escreva ") + expected,
            &context)
    }
}

extension CallingWindow.Zone {
    /// The window's single zone; nil when each contact has its own.
    fileprivate var timeZone: TimeZone? {
        switch self {
        case .fixed(let name): TimeZone(identifier: name)
        case .contact: nil
        }
    }
}
