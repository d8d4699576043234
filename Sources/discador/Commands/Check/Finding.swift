import CampaignCore

/// One result of `check`.
struct Finding: Encodable {
    var code: FindingCode
    var subject: Phrase
    /// The name of the instance that it is about; nil: none.
    var instance: String?
    /// Whether it stands in nobody's way; a warning does not.
    var isGood: Bool
    var level: AccountFinding.Level
    var text: Phrase
    /// For lists only: whether the file has changed since it was imported.
    var hasChanged: Bool?
    /// For lists only: whether the file no longer exists.
    var isMissing: Bool?

    init(subject: Phrase, isGood: Bool, text: Phrase) {
        code = FindingCode(subject: subject.english)
        self.subject = subject
        self.isGood = isGood
        level = isGood ? .ok : .error
        self.text = text
    }

    /// Something that a person should know, and that stands in nobody's way.
    init(warning text: Phrase, about subject: Phrase) {
        self.init(subject: subject, isGood: true, text: text)
        level = .warning
    }

    init(_ finding: AccountFinding, of instance: String) {
        self.init(
            subject: finding.subject + Phrase(" of \(instance)", " de \(instance)"), isGood: finding.level != .error,
            text: finding.text)
        level = finding.level
        self.instance = instance
    }

    /// A changed list is a remark, not an error.
    init(_ list: ListStatus, _ clock: LocalClock) {
        let time = clock.alone(list.importedAt)
        let text =
            list.isMissing
            ? Phrase(
                "\(list.file) no longer exists; it was imported at \(time.english)",
                "\(list.file) não existe mais; foi importado em \(time.portuguese)")
            : list.hasChanged
                ? Phrase(
                    "\(list.file) has changed since it was imported at \(time.english)",
                    "\(list.file) mudou depois de importado em \(time.portuguese)")
                : Phrase(
                    "\(list.file) is unchanged since it was imported at \(time.english)",
                    "\(list.file) não mudou desde que foi importado em \(time.portuguese)")
        self.init(subject: Phrase("list", "lista"), isGood: true, text: text)
        code = FindingCode(list)
        hasChanged = list.hasChanged
        isMissing = list.isMissing
    }

    init(_ health: InstanceHealth, of instance: String) {
        let text =
            switch health {
            case .connected: Phrase("connected", "conectada")
            case .disconnected(let why): Phrase("disconnected: ", "desconectada: ") + Phrase(recorded: why)
            case .misconfigured(let why): Phrase("misconfigured: ", "mal configurada: ") + Phrase(recorded: why)
            case .unreachable(let why): Phrase("unreachable: ", "inalcançável: ") + Phrase(recorded: why)
            }
        self.init(
            subject: Phrase("instance \(instance)", "instância \(instance)"), isGood: health == .connected, text: text)
        code = FindingCode(health)
        self.instance = instance
    }

    /// `ok   campaign file: campaign.yml is valid`.
    func line(_ language: Language) -> String {
        let mark =
            switch level {
            case .ok: "ok  "
            case .warning: language.text("warn", "obs.")
            case .error: language.text("BAD ", "ERRO")
            }
        return "\(mark) \(subject[language]): \(text[language])"
    }

    private enum CodingKeys: CodingKey {
        case code, subject, instance, isGood, level, text, hasChanged, isMissing
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(code, forKey: .code)
        try container.encode(subject.english, forKey: .subject)
        try container.encodeIfPresent(instance, forKey: .instance)
        try container.encode(isGood, forKey: .isGood)
        try container.encode(level, forKey: .level)
        try container.encode(text.english, forKey: .text)
        try container.encodeIfPresent(hasChanged, forKey: .hasChanged)
        try container.encodeIfPresent(isMissing, forKey: .isMissing)
    }
}
