import CampaignCore

/// People about whom somebody decided before they were called, or were in the campaign: nothing was done about them.
enum CalledSince {
    /// When somebody saw about whom they decide: what a form or a program says, and now at the latest.
    static func moment(_ seenAt: Timestamp?) -> Timestamp {
        let now = SystemEnvironment.now()
        return min(seenAt ?? now, now)
    }

    static func sentence(_ count: Int) -> Phrase {
        Phrase.counted(count, .person)
            + Phrase(
                (count == 1 ? " has" : " have")
                    + " been called or added since this was shown, and nothing was changed about them: look again.",
                (count == 1 ? " recebeu ligação ou entrou" : " receberam ligação ou entraram")
                    + " na campanha depois que isto foi mostrado, e nada mudou para "
                    + (count == 1 ? "ela" : "elas") + ": confira de novo.")
    }
}
