import CampaignCore

/// The keys of an entry of `instances`.
enum InstanceKey: String, YAMLKey {
    case name, id, token, clientToken, baseURL, pace, dailyCap, warmup
}

/// The key of `health`.
enum HealthKey: String, YAMLKey {
    case every
}

extension YAMLMapping where Key == InstanceKey {
    /// The instance. It is complete only if nothing was reported: wrong values are left empty.
    func instance(_ context: inout ParseContext) -> Instance {
        let name = required(
            .name,
            remedy: Phrase(
                "give the instance its own name, such as sales", "dê à instância um nome próprio, como sales"), &context
        )?
        .name(&context)
        let id = required(
            .id,
            remedy: Phrase(
                "write the id that Z-API shows, or a ${VARIABLE}", "escreva o id que a Z-API mostra, ou uma ${VARIABLE}"
            ), &context)?
            .identifier(
                expected: Phrase(
                    "the id that Z-API shows, or a ${VARIABLE}", "o id que a Z-API mostra, ou uma ${VARIABLE}"),
                &context
            )
            .flatMap { $0.sendable(isInPath: true, &context) }
        let token = required(
            .token,
            remedy: Phrase(
                "write ${ZAPI_INSTANCE_TOKEN} and set that variable",
                "escreva ${ZAPI_INSTANCE_TOKEN} e defina essa variável"), &context)?
            .secret(example: "ZAPI_INSTANCE_TOKEN", &context)
            .flatMap { $0.sendable(isInPath: true, &context) }
        var instance = Instance(name: name?.value ?? "", id: id ?? "", token: Secret(token ?? ""))
        instance.clientToken = self[.clientToken]?
            .secret(example: "ZAPI_CLIENT_TOKEN", &context)
            .flatMap { $0.sendable(isInPath: false, &context) }
            .map(Secret.init)
        // With a wrong address, the pace cannot be checked against it.
        let isLoopback: Bool?
        if self[.baseURL] != nil {
            let address = address(&context)
            instance.baseURL = address?.text ?? instance.baseURL
            isLoopback = address?.isLoopback
        } else {
            isLoopback = false
        }
        instance.pace = self[.pace]?.instancePace(isLoopback: isLoopback, &context) ?? instance.pace
        instance.dailyCap = self[.dailyCap]?.integer(in: 1...1_000_000, &context)
        instance.warmup = self[.warmup]?.warmup(&context) ?? []
        return instance
    }

    private func address(_ context: inout ParseContext) -> BaseAddress? {
        let text = self[.baseURL]?.text(
            expected: Phrase("an address such as https://api.z-api.io", "um endereço como https://api.z-api.io"),
            &context)
        guard let text else { return nil }
        do throws(BaseAddress.Fault) {
            return try BaseAddress(text.value)
        } catch {
            context.report(error.message, at: text.location, remedy: error.remedy)
            return nil
        }
    }
}

extension YAMLValue {
    /// The name of the campaign or of an instance: it becomes part of file names, reports and commands.
    func name(_ context: inout ParseContext) -> YAMLScalar? {
        let rule = CampaignFile.nameRule
        guard let text = text(expected: rule, &context) else { return nil }
        guard CampaignFile.isName(text.value) else {
            text.report(
                Phrase("is not a valid name", "não é um nome válido"), remedy: Phrase("write ", "escreva ") + rule,
                &context)
            return nil
        }
        return text
    }

    /// The warm-up of a new number: calls per day, never fewer than the day before.
    fileprivate func warmup(_ context: inout ParseContext) -> [Int]? {
        guard
            let steps = list(expected: Phrase("a list such as [20, 50, 100]", "uma lista como [20, 50, 100]"), &context)
        else { return nil }
        let counts = steps.map { $0.integer(in: 1...1_000_000, &context) }
        for (index, step) in steps.enumerated().dropFirst() {
            guard let before = counts[index - 1], let count = counts[index], count < before else { continue }
            context.report(
                Phrase("this is fewer than the day before", "isto é menos que no dia anterior"),
                at: step.location,
                remedy: Phrase("write a list that never decreases", "escreva uma lista que nunca diminui")
            )
        }
        return counts.compactMap(\.self)
    }
}

extension YAMLValue {
    func healthInterval(_ context: inout ParseContext) -> Duration? {
        mapping(HealthKey.self, expected: Phrase(verbatim: "{every: 60s}"), &context)?
            .required(.every, remedy: Phrase("write {every: 60s}", "escreva {every: 60s}"), &context)?
            .duration(in: .seconds(1)...(.seconds(86_400)), &context)
    }
}

extension YAMLScalar {
    /// The value, if it can be sent unchanged: in the path of a request, or else in a header. It is never shown.
    fileprivate func sendable(isInPath: Bool, _ context: inout ParseContext) -> String? {
        let isSendable = value.utf8.allSatisfy { byte in
            (0x21...0x7e).contains(byte) && !(isInPath && "/?#%\\".utf8.contains(byte))
        }
        guard isSendable else {
            context.report(
                Phrase(
                    "the value contains a space or another character that Z-API's ids and tokens never have",
                    "o valor contém um espaço ou outro caractere que os ids e tokens da Z-API nunca têm"),
                at: location,
                remedy: Phrase("copy it again from the Z-API panel", "copie-o de novo do painel da Z-API")
            )
            return nil
        }
        return value
    }
}
