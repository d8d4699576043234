import CampaignCore

/// What is asked before something is removed for good.
struct ErasureQuestion {
    private let question: Phrase
    private let facts: Phrase
    private let declined: Phrase

    /// - Parameters:
    ///   - facts: what would be removed, in a sentence, for whoever cannot be asked.
    ///   - verb: what is not done to anything if the answer is no: `deleted`. In Portuguese that is one word for all.
    init(_ question: Phrase, about facts: Phrase, declined verb: String) {
        self.question = question
        self.facts = facts
        declined = Phrase("Nothing was \(verb)", "Nada foi apagado")
    }

    /// Asks, and tells when the answer is no.
    ///
    /// - Throws: ``ExitStatus/usage`` when there is no terminal to ask on.
    func isAnswered(_ output: Output) throws(Failure) -> Bool {
        guard let answer = output.confirms(question) else {
            throw Failure(
                .usage,
                declined
                    + Phrase(
                        ", because there is no terminal to ask on: ", ", porque não há terminal para perguntar: ")
                    + facts
                    + Phrase(
                        " Add --yes to do it without being asked.", " Use --yes para apagar sem perguntar."))
        }
        if !answer { output.note(declined + Phrase(verbatim: ".")) }
        return answer
    }
}
