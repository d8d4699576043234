import CampaignCore

/// The keys of `pace`.
enum PaceKey: String, YAMLKey {
    case calls, per
}

/// The keys of `brake`.
enum BrakeKey: String, YAMLKey {
    case failures, over
}

extension YAMLValue {
    private static let paceForm = Phrase(verbatim: "{calls: 6, per: 1m}")

    /// The pace of the whole campaign.
    func pace(_ context: inout ParseContext) -> Pace? {
        guard let section = mapping(PaceKey.self, expected: Self.paceForm, &context) else { return nil }
        let calls = section.required(.calls, remedy: Phrase("write ", "escreva ") + Self.paceForm, &context)
        let per = section.required(.per, remedy: Phrase("write ", "escreva ") + Self.paceForm, &context)
        let count = calls?.integer(in: 1...1_000_000, &context)
        let span = per?.duration(in: .milliseconds(1)...(.seconds(86_400)), &context)
        guard let count, let span else { return nil }
        return Pace(calls: count, per: span)
    }

    /// The pace of an instance: a mapping, or the word `open` when its address is on this machine.
    ///
    /// - Parameter isLoopback: whether it is on this machine; nil when that is not known, which is reported elsewhere.
    func instancePace(isLoopback: Bool?, _ context: inout ParseContext) -> InstancePace? {
        guard isText else { return pace(&context).map(InstancePace.every) }
        guard let text = text(expected: Self.paceForm, &context) else { return nil }
        guard text.value == "open" else {
            text.report(
                Phrase("is not a valid pace", "não é um ritmo válido"),
                remedy: Phrase("write ", "escreva ") + Self.paceForm, &context)
            return nil
        }
        guard isLoopback != false else {
            text.report(
                Phrase(
                    "is only for an instance on this machine: calls without spacing get a real number banned",
                    "é só para uma instância nesta máquina: ligações sem intervalo levam ao banimento de um número de verdade"
                ),
                remedy: Phrase("write ", "escreva ") + Self.paceForm
                    + Phrase(
                        ", or leave pace out for the usual spacing", ", ou deixe pace de fora para o intervalo usual"),
                &context
            )
            return nil
        }
        return .open
    }

    func brake(_ context: inout ParseContext) -> Brake? {
        let expected = Phrase(verbatim: "{failures: 50%, over: 20}")
        guard let section = mapping(BrakeKey.self, expected: expected, &context) else { return nil }
        let failures = section.required(.failures, remedy: Phrase("write ", "escreva ") + expected, &context)?.percent(
            &context)
        let over = section.required(.over, remedy: Phrase("write ", "escreva ") + expected, &context)?.integer(
            in: 1...10_000, &context)
        guard let failures, let over else { return nil }
        return Brake(failuresPercent: failures, over: over)
    }

    private func percent(_ context: inout ParseContext) -> Int? {
        let expected = Phrase("a percentage from 1% to 100%, such as 50%", "uma porcentagem de 1% a 100%, como 50%")
        guard let text = text(expected: expected, &context) else { return nil }
        let match = text.value.wholeMatch(of: /([1-9][0-9]{0,2})%/)
        guard let percent = match.flatMap({ Int($0.1) }), (1...100).contains(percent) else {
            text.report(
                Phrase("is not a valid percentage", "não é uma porcentagem válida"),
                remedy: Phrase("write ", "escreva ") + expected, &context)
            return nil
        }
        return percent
    }
}
