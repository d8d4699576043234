package import CampaignCore
package import ZAPISimulator

// The Portuguese stands here, since the simulator imports nothing of ours.

extension SimulatorError: Explained {
    package var phrase: Phrase { Phrase(description, portuguese) }

    private var portuguese: String {
        switch self {
        case .portTaken(let port):
            "O simulador não pode atender na porta \(port): outro programa a usa. Escolha outra, ou 0 para uma livre."
        case .notLoopback(let host):
            "O simulador só atende nesta máquina, não em '\(host)'. Use 127.0.0.1, ::1 ou localhost."
        case .cannotListen(let port, let reason):
            "O simulador não pode atender na porta \(port): \(Phrase(system: reason).portuguese). Escolha outra, ou 0 para uma livre."
        case .ledger(let path, let reason):
            "O simulador não pode gravar seu registro '\(path)': \(SimulatorReasons.portuguese(reason)). Confira a pasta, as permissões e o espaço livre, ou indique outro arquivo."
        }
    }
}

extension ScenarioError: Explained {
    package var phrase: Phrase { Phrase(description, portuguese) }

    private var portuguese: String {
        switch self {
        case .unreadable(let file, let reason):
            "Não foi possível ler o cenário '\(file)': \(SimulatorReasons.portuguese(reason)). Confira o nome e as permissões."
        case .notJSON(let file):
            "O cenário '\(file)' não é JSON. Confira as aspas, as vírgulas, as chaves e os colchetes."
        case .wrong(let file, let key, let reason):
            "O cenário '\(file)'\(key.isEmpty ? "" : ", chave '\(key)'"): \(SimulatorReasons.portuguese(reason))."
        }
    }
}

/// What the simulator says in its own words about a scenario or a ledger, in Portuguese.
enum SimulatorReasons {
    /// The reason; one that is neither ours nor the system's is returned as it is.
    static func portuguese(_ reason: String) -> String {
        if let known = known[reason] { return known }
        for (parts, portuguese) in patterns {
            guard reason.hasPrefix(parts.before), let place = reason.firstRange(of: parts.within) else { continue }
            let name = reason[..<place.lowerBound].dropFirst(parts.before.count)
            return "\(portuguese.before)\(name)\(portuguese.within)\(reason[place.upperBound...])"
        }
        return Phrase(system: reason).portuguese
    }

    static let known = [
        "it is not a ledger": "não é um registro do simulador",
        "the key is missing": "a chave está faltando",
        "the value must be a text": "o valor deve ser um texto",
        "the value must be a whole number from 0": "o valor deve ser um número inteiro a partir de 0",
        "the value must be a number": "o valor deve ser um número",
        "the value must be true or false": "o valor deve ser true ou false",
        "the value must be a list": "o valor deve ser uma lista",
        "the value must be an object": "o valor deve ser um objeto",
        "'to' must not be shorter than 'from'": "'to' não pode ser menor que 'from'",
        "a rate is a share from 0 to 1": "uma taxa é uma parte de 0 a 1",
        "the rates add up to more than 1": "as taxas somam mais que 1",
        "rates are used only with \"choice\": \"rates\"": "as taxas só valem com \"choice\": \"rates\"",
        "a number is too large, or is not a whole number": "um número é grande demais, ou não é inteiro",
        "it must be from 0 (at once) to 100": "deve ser de 0 (na hora) a 100",
        "it must be from 0 to 10": "deve ser de 0 a 10",
    ]

    private typealias Pattern = (before: String, within: String)

    /// Reasons with what the user wrote, or with names, between their words and behind them.
    private static let patterns: [(Pattern, Pattern)] = [
        (("", "unknown key; the keys are "), ("", "chave desconhecida; as chaves são ")),
        (("'", "' is unknown; it is one of "), ("'", "' é desconhecido; é um destes: ")),
        (
            ("'", "' is not a valid duration; write 250ms, 30s, 5m or 2h"),
            ("'", "' não é uma duração válida; escreva 250ms, 30s, 5m ou 2h")
        ),
    ]
}
