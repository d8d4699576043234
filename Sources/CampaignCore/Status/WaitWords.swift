extension WaitReason {
    /// What a run waits for, in words, as the run itself knows it.
    ///
    /// - Parameter isByContactClock: whether each contact has a window by their own clock, so that the next one's is
    ///   waited for.
    package func phrase(_ times: TimeWords, isByContactClock: Bool = false) -> Phrase {
        switch self {
        case .pace(let wait):
            Phrase("next call in \(times.left(wait))", "próxima ligação em \(times.left(wait))")
        case .retry(let wait):
            Phrase("next retry in \(times.left(wait))", "próxima nova tentativa em \(times.left(wait))")
        case .heldBack(let until):
            Phrase(
                "the lists hold back everybody who is left, the first until ",
                "as listas seguram todos os que faltam, o primeiro até ") + times.moment(until)
        case .replies(let count): Phrase("waiting for ", "aguardando ") + .counted(count, .reply)
        case .instance: Phrase("waiting for an instance", "aguardando uma instância")
        case .rest(let until):
            Phrase("waiting for an instance, which rests until ", "aguardando uma instância, que descansa até ")
                + times.moment(until)
        case .window(let until?) where isByContactClock:
            Phrase(
                "the calling window of whoever is next opens at ", "o horário de ligação de quem vem agora começa em ")
                + times.moment(until)
        case .window(let until?):
            Phrase("the calling window opens at ", "o horário de ligação começa em ") + times.moment(until)
        case .window(nil):
            Phrase(
                "the calling window does not open long enough for a call within a year",
                "o horário de ligação não abre por tempo bastante para uma ligação durante um ano")
        case .cap(let until):
            Phrase(
                "today's calls are used up; the next day begins at ",
                "as ligações de hoje acabaram; o próximo dia começa em ") + times.moment(until)
        case .ringing(let until):
            Phrase(
                "Z-API has as many calls as can ring before the window closes; the window reopens at ",
                "a Z-API já tem tantas ligações quantas podem tocar antes do fim do horário; ele reabre em ")
                + times.moment(until)
        case .asked(let until, isEarlier: true):
            Phrase("no call before ", "nenhuma ligação antes de ") + times.moment(until)
                + Phrase(", a limit left by an earlier run", ", um limite que ficou de uma execução anterior")
        case .asked(let until, isEarlier: false):
            Phrase("Z-API asked to wait until ", "a Z-API pediu para esperar até ") + times.moment(until)
        case .redial(let until):
            Phrase(
                "the next call to somebody who did not answer is due at ",
                "a próxima ligação para quem não atendeu está marcada para ") + times.moment(until)
        case .person(let until):
            Phrase(
                "whoever is next has been called as often as perPerson allows, until ",
                "quem vem agora já recebeu tantas ligações quantas perPerson permite, até ") + times.moment(until)
        case .events(let until):
            Phrase(
                "events of the last call to whoever is next may still come, until ",
                "ainda podem chegar eventos da última ligação para quem vem agora, até ") + times.moment(until)
        case .answers(let until):
            Phrase("everybody has been called; waiting until ", "já se ligou para todos; aguardando até ")
                + times.moment(until) + Phrase(" to hear who did not answer", " para saber quem não atendeu")
        case .contacts:
            Phrase(
                "everybody has been called; waiting for further contacts",
                "já se ligou para todos; aguardando novos contatos")
        case .canary(let count):
            Phrase(
                "waiting for the outcomes of the first calls, \(count) of which \(count.noun("is", "are")) under way",
                "aguardando os resultados das primeiras ligações, \(count) em andamento")
        }
    }
}

extension RunActivity {
    /// What a run waits for, in words; nil when it dials.
    func phrase(_ times: TimeWords) -> Phrase? {
        let until = until.map { Phrase(" until ", " até ") + times.moment($0) } ?? Phrase(verbatim: "")
        return switch word {
        case .dialing: nil
        case .window: Phrase("the calling window is closed", "fora do horário de ligação") + until
        case .cap: Phrase("today's calls are used up", "as ligações de hoje acabaram") + until
        case .instance: Phrase("it is waiting for an instance", "espera uma instância") + until
        case .retry: Phrase("it is waiting for the next retry", "espera a próxima nova tentativa") + until
        case .perPerson:
            Phrase(
                "everybody who is left has been called as often as perPerson allows",
                "todos os que faltam já receberam as ligações que perPerson permite") + until
        case .heldBack:
            Phrase("its lists hold back everybody who is left", "as listas seguram todos os que faltam") + until
        case .canary:
            Phrase("it is waiting for the outcomes of its first calls", "espera o resultado das primeiras ligações")
        case .answers:
            Phrase(
                "it is waiting for what Z-API tells about the last calls",
                "espera o que a Z-API diz sobre as últimas ligações") + until
        case .contacts:
            Phrase(
                "everybody has been called; it is waiting for further contacts",
                "já ligou para todos; espera novos contatos")
        }
    }
}
