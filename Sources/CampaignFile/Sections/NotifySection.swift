import CampaignCore
import Foundation

/// The keys of `notify`.
enum NotifyKey: String, YAMLKey {
    case url, secret, on
}

extension YAMLValue {
    /// Where the program posts what happens, and how it signs that.
    func notificationTarget(_ context: inout ParseContext) -> NotificationTarget? {
        let expected = Phrase(verbatim: "{url: ${NOTIFY_URL}, secret: ${NOTIFY_SECRET}}")
        guard let section = mapping(NotifyKey.self, expected: expected, &context) else { return nil }
        let url = section.required(
            .url,
            remedy: Phrase("write ${NOTIFY_URL} and set that variable", "escreva ${NOTIFY_URL} e defina essa variável"),
            &context)?
            .secret(example: "NOTIFY_URL", &context)
            .flatMap { $0.receiver(&context) }
        let secret = section.required(
            .secret,
            remedy: Phrase(
                "write ${NOTIFY_SECRET} and set that variable", "escreva ${NOTIFY_SECRET} e defina essa variável"),
            &context)?
            .secret(example: "NOTIFY_SECRET", &context)
            .flatMap { $0.signingSecret(&context) }
        let events = section[.on].map { $0.notifications(&context) } ?? Set(NotificationTarget.Event.allCases)
        guard let url, let secret, let events else { return nil }
        return NotificationTarget(url: url, secret: secret, events: events)
    }

    private func notifications(_ context: inout ParseContext) -> Set<NotificationTarget.Event>? {
        let all = NotificationTarget.Event.allCases.map(\.rawValue).joined(separator: ", ")
        return list(expected: Phrase("a list such as [\(all)]", "uma lista como [\(all)]"), &context)?
            .distinct(&context) { value, context in value.word(NotificationTarget.Event.self, &context) }
            .map(Set.init)
    }
}

extension YAMLScalar {
    /// The address that notifications go to. It is never shown.
    fileprivate func receiver(_ context: inout ParseContext) -> Secret? {
        do throws(WebAddress.Fault) {
            let address = try WebAddress(value)
            guard address.isEncrypted || BaseAddress.isLoopback(address.host) else {
                context.report(
                    Phrase(
                        "http would send notifications unencrypted to another machine",
                        "http enviaria as notificações sem criptografia para outra máquina"),
                    at: location,
                    remedy: Phrase(
                        "use https; http is for 127.0.0.1, [::1] and localhost",
                        "use https; http é para 127.0.0.1, [::1] e localhost")
                )
                return nil
            }
            return Secret(address.text)
        } catch {
            context.report(error.message, at: location, remedy: error.remedy)
            return nil
        }
    }

    /// What notifications are signed with. It is never shown.
    fileprivate func signingSecret(_ context: inout ParseContext) -> Secret? {
        let bytes = value.hasPrefix("whsec_") ? Data(base64Encoded: String(value.dropFirst(6))) : nil
        guard let bytes, (24...64).contains(bytes.count) else {
            context.report(
                Phrase("the value is not a signing secret", "o valor não é um segredo de assinatura"),
                at: location,
                remedy: Phrase(
                    "set whsec_ and 24 to 64 random bytes in base64, such as the output of: "
                        + "echo whsec_$(openssl rand -base64 32)",
                    "defina whsec_ e de 24 a 64 bytes aleatórios em base64, como a saída de: "
                        + "echo whsec_$(openssl rand -base64 32)")
            )
            return nil
        }
        return Secret(value)
    }
}
