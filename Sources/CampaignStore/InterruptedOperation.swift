package import CampaignCore

/// Why an operation with many transactions stopped after some of them.
package enum InterruptedOperation: Error, Hashable, Sendable, Explained {
    /// Some of the numbers are on the do-not-call list; the rest could not be added.
    case blocking(entered: Int, of: Int, cause: StoreError)
    /// An import is complete, but not every contact that is listed again could be requeued.
    case listedAgain(cause: StoreError)
    /// The campaign is being cancelled, and the last calls of its run have not ended.
    case beingCancelled(campaign: String)
    /// The campaign was cancelled while its contacts were being requeued, so the rest stay.
    case cancelledMeanwhile(campaign: String)

    /// One sentence or two: what, where, what to do.
    package var phrase: Phrase {
        switch self {
        case .blocking(let entered, let count, let cause):
            cause.phrase
                + Phrase(
                    """
                     \(entered) of \(count.counted("number")) \(entered.noun("is", "are")) on the do-not-call list now; run \
                    the same command again to add the rest.
                    """,
                    """
                     \(entered) de \(Language.portuguese.counted(count, .number)) \(entered.noun("está", "estão")) agora na lista \
                    de não ligar; execute o mesmo comando de novo para incluir o resto.
                    """)
        case .listedAgain(let cause):
            cause.phrase
                + Phrase(
                    """
                     The list was imported, but some contacts that were excluded because no list had them cannot be called yet: \
                    run the same import again to requeue them.
                    """,
                    """
                     A lista foi importada, mas alguns contatos que estavam excluídos porque nenhuma lista os tinha ainda não podem \
                    ser chamados: execute a mesma importação de novo para trazê-los de volta.
                    """)
        case .beingCancelled(let campaign):
            Phrase(
                """
                \(campaign) is being cancelled, and the last calls of its run have not ended yet. Nothing was changed: run the same \
                command again when they have ended.
                """,
                """
                \(campaign) está sendo cancelada, e as últimas ligações da execução ainda não terminaram. Nada foi alterado: \
                execute o mesmo comando de novo quando elas terminarem.
                """)
        case .cancelledMeanwhile(let campaign):
            Phrase(
                """
                \(campaign) was cancelled while its contacts were being requeued, so the rest were left unchanged: run the same \
                command again if they should still be called.
                """,
                """
                \(campaign) foi cancelada enquanto os contatos dela eram trazidos de volta, por isso os demais ficaram como \
                estavam: execute o mesmo comando de novo se ainda devem ser chamados.
                """)
        }
    }
}
