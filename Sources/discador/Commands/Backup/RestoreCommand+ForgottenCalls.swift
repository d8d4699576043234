import CampaignCore
import CampaignStore

extension RestoreCommand {
    /// Says that the copy has what was to be gone.
    func warnOfForgotten(_ count: Int) {
        func forget(_ phone: String) -> String { options.suggested().command("forget", phone) }
        options.output.warn(
            Phrase(
                "\(count.counted("number", "numbers")) that had been forgotten \(count.noun("is", "are")) back with this "
                    + "copy: forget them again (`\(forget("PHONE"))`).",
                "\(count.noun("1 número que tinha sido apagado voltou", "\(count) números que tinham sido apagados voltaram")) "
                    + "com esta cópia: apague-os de novo (`\(forget("TELEFONE"))`)."))
    }

    /// Says which calls the copy does not know, and how those people are protected.
    func warn(of forgotten: ForgottenCalls, blocked: Int) {
        let count = forgotten.count
        let beginning = Phrase(
            "this copy does not know \(count == 1 ? "the last call" : "the last \(count) calls"), ",
            "esta cópia não conhece \(count == 1 ? "a última ligação" : "as últimas \(count) ligações"), ")
        defer { warn(ofUnlisted: forgotten, beginning, blocked: blocked) }
        guard forgotten.people > 0 || forgotten.unlisted == 0 else { return }
        guard let list = forgotten.list else {
            options.output.warn(
                beginning
                    + Phrase(
                        "but Z-API refused \(count.noun("it", "them")): nobody was rung.",
                        "mas a Z-API \(count.noun("a recusou", "as recusou")): o telefone de ninguém tocou."))
            return
        }
        let block = options.suggested().command("block", "import", list)
        options.output.warn(
            beginning
                + Phrase(
                    "which reached \(forgotten.people.counted("person", "people")), or may have. \(list) lists them. "
                        + "Block those numbers in the restored database (`\(block)`), or the next run calls them again.",
                    "que \(count.noun("chegou", "chegaram")), ou \(count.noun("pode", "podem")) ter chegado, a "
                        + "\(forgotten.people.counted("pessoa")). \(list) diz a quem. Bloqueie esses números no banco "
                        + "restaurado (`\(block)`); se não, a próxima execução liga de novo para eles."))
    }

    /// Says whom calls have reached who cannot be listed, because they have been forgotten since.
    ///
    /// - Parameter blocked: how many of them are on the do-not-call list.
    private func warn(ofUnlisted forgotten: ForgottenCalls, _ beginning: Phrase, blocked: Int) {
        guard forgotten.unlisted > 0 else { return }
        let (count, isRest) = (forgotten.count, forgotten.people > 0)
        let people = Phrase.counted(forgotten.unlisted, isRest ? .furtherPerson : .person)
        let reached =
            isRest
            ? Phrase(
                "these calls reached \(people.english), or may have",
                "essas ligações chegaram, ou podem ter chegado, a \(people.portuguese)")
            : beginning
                + Phrase(
                    "which reached \(people.english), or may have",
                    "que \(count.noun("chegou", "chegaram")), ou \(count.noun("pode", "podem")) ter chegado, a "
                        + people.portuguese)
        let why = Phrase(
            "; nobody can list them, because they were forgotten since.",
            ", com dados apagados depois: não há como listar.")
        let effect =
            blocked >= forgotten.unlisted
            ? Phrase(
                " Their hashes are on its do-not-call list: they are not called again.",
                " Os hashes estão na lista de não ligar da cópia: não haverá outra ligação.")
            : Phrase(
                " Not all of them could be put on its do-not-call list: the next run may call them again.",
                " Nem todos os números puderam entrar na lista de não ligar da cópia: a próxima execução pode ligar de "
                    + "novo.")
        options.output.warn(reached + why + effect)
    }
}

extension Noun {
    fileprivate static let furtherPerson = Noun(
        "more person", "more people", portuguese: ("outra pessoa", "outras pessoas"))
}
