import CampaignCore

/// What came of an event that was posted to an address of ours as Z-API posts one: which step failed, and what to do.
struct WebhookTrial: Equatable {
    enum Step: String, Encodable {
        /// Z-API has no address of ours, or one that this database does not know.
        case address
        /// The host's name is unknown.
        case dns
        /// The host does not take connections.
        case connection
        /// The connection cannot be encrypted.
        case tls
        /// The request got no usable answer on its way.
        case proxy
        /// Whoever answers does not know the address.
        case notFound = "not_found"
        /// The receiver could not store the event.
        case receiver
        /// Somebody took the event, and it is not in this database.
        case store
        case done
    }

    /// What came back for the post.
    enum Answer: Equatable {
        case status(Int)
        /// No connection, with what went wrong.
        case notConnected(String, isNameKnown: Bool)
        /// Sent, and never answered.
        case none(String)
    }

    var step: Step
    /// What happened, and what to do about it.
    var text: Phrase

    /// - Parameters:
    ///   - isStored: whether the event is in the database.
    ///   - serve: the command that receives events.
    init(_ answer: Answer, isStored: Bool, host: String, serve: String) {
        switch answer {
        case .notConnected(let problem, let isNameKnown): self.init(noConnection: problem, isNameKnown, host, serve)
        case .none(let problem):
            let problem = Phrase(recorded: problem)
            self.init(
                .proxy,
                Phrase(
                    "\(host) was reached, but gave no answer (\(problem.english)). Check that the proxy passes requests on "
                        + "to `\(serve)`.",
                    "\(host) foi alcançado, mas não respondeu (\(problem.portuguese)). Confira se o proxy repassa os "
                        + "pedidos a `\(serve)`."))
        case .status(let status): self.init(status, isStored: isStored, host, serve)
        }
    }

    private init(noConnection problem: String, _ isNameKnown: Bool, _ host: String, _ serve: String) {
        let reason = Phrase(recorded: problem)
        guard isNameKnown else {
            self.init(
                .dns,
                Phrase(
                    "the name of \(host) is not known (\(reason.english)). Enter it in your DNS, or correct --url.",
                    "o nome de \(host) não é conhecido (\(reason.portuguese)). Cadastre-o no DNS, ou corrija --url."))
            return
        }
        let isTLS = problem.contains("TLS") || problem.contains("certificate")
        let remedy =
            isTLS
            ? Phrase(
                "Z-API needs a certificate of a known issuer for this name.",
                "A Z-API precisa de um certificado de um emissor conhecido para este nome.")
            : Phrase(
                "Check that the proxy, or `\(serve)`, listens there, and that the firewall lets it through.",
                "Confira se o proxy, ou `\(serve)`, escuta ali, e se o firewall deixa passar.")
        self.init(
            isTLS ? .tls : .connection, Phrase(verbatim: "\(host): ") + reason + Phrase(verbatim: ". ") + remedy)
    }

    private init(_ status: Int, isStored: Bool, _ host: String, _ serve: String) {
        switch status {
        case 200..<300 where isStored:
            step = .done
            text = Phrase(
                "an event sent to \(host) arrived, and is stored.",
                "um evento enviado a \(host) chegou e está guardado.")
        case 200..<300:
            step = .store
            text = Phrase(
                "\(host) took the event, but it is not in this database: another program answers there, or `\(serve)` "
                    + "uses another --db.",
                "\(host) aceitou o evento, mas ele não está neste banco de dados: outro programa responde ali, ou "
                    + "`\(serve)` usa outro --db.")
        case 404:
            step = .notFound
            text = Phrase(
                "\(host) answers 404. Either --url has a path that the proxy does not know, or the proxy does not pass "
                    + "/z/… on, or `\(serve)` uses another --db.",
                "\(host) responde 404. Ou --url tem um caminho que o proxy não conhece, ou o proxy não repassa /z/…, ou "
                    + "`\(serve)` usa outro --db.")
        case 300..<400:
            step = .proxy
            text = Phrase(
                "\(host) answers \(status), a redirect, which Z-API need not follow. Use the address it leads to as --url.",
                "\(host) responde \(status), um redirecionamento, que a Z-API não precisa seguir. Use como --url o "
                    + "endereço para onde ele leva.")
        case 401, 403, 407:
            step = .proxy
            text = Phrase(
                "\(host) answers \(status): the proxy must let /z/… through without a password; its path is secret.",
                "\(host) responde \(status): o proxy precisa deixar /z/… passar sem senha; o caminho é secreto.")
        case 503:
            step = .receiver
            text = Phrase(
                "\(host) answers 503: the receiver cannot store events now, or the proxy does not reach it. See the log of "
                    + "`\(serve)`.",
                "\(host) responde 503: o receptor não consegue guardar eventos agora, ou o proxy não chega até ele. Veja o "
                    + "log de `\(serve)`.")
        case 500...:
            step = .proxy
            text = Phrase(
                "\(host) answers \(status): the proxy does not reach `\(serve)`. Start it, or correct the proxy's target.",
                "\(host) responde \(status): o proxy não chega até `\(serve)`. Inicie o comando, ou corrija o destino do "
                    + "proxy.")
        default:
            step = .proxy
            text = Phrase(
                "\(host) answers \(status): it does not accept what Z-API posts. Check the proxy's rules for /z/….",
                "\(host) responde \(status): ele não aceita o que a Z-API envia. Confira as regras do proxy para /z/….")
        }
    }

    init(_ step: Step, _ text: Phrase) {
        self.step = step
        self.text = text
    }

    var exit: ExitStatus {
        switch step {
        case .done: .success
        case .address, .notFound, .receiver, .store: .stopped
        case .dns, .connection, .tls, .proxy: .unreachable
        }
    }
}
