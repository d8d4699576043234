import CampaignCore
import CampaignStore

extension ResolvedDoubts {
    /// What has been resolved; nothing when nothing was.
    func lines(of campaign: String, as resolution: CampaignStore.Resolution) -> [Phrase] {
        let count = resolved.count
        guard count > 0 else { return [] }
        guard resolution == .notCalled else {
            return [
                Phrase("\(count) resolved as called.", Self.resolved(count) + " como ligada\(count == 1 ? "" : "s").")
            ]
        }
        let ready = count - excluded - outdated - called
        var lines = [
            Phrase(
                "\(ready) resolved as not called, and ready to be dialed.",
                Self.resolved(ready) + " como não ligada\(ready == 1 ? "" : "s"), aguardando discagem.")
        ]
        if excluded > 0 {
            lines.append(
                Phrase(
                    "\(excluded) resolved and excluded: they are on the do-not-call list.",
                    Self.resolved(excluded)
                        + excluded.noun(
                            " e excluída: está na lista de não ligar.", " e excluídas: estão na lista de não ligar.")))
        }
        if outdated > 0 {
            lines.append(
                Phrase(
                    "\(outdated) resolved and excluded: \(campaign) was cancelled, or their list replaced. To call them "
                        + "all the same, use retry.",
                    Self.resolved(outdated) + outdated.noun(" e excluída", " e excluídas")
                        + ": \(campaign) foi cancelada, ou a lista foi substituída. Para ligar mesmo assim, use retry.")
            )
        }
        if called > 0 {
            lines.append(
                Phrase(
                    "\(called) resolved and accepted: another call of theirs went out.",
                    Self.resolved(called)
                        + called.noun(
                            " e aceita: outra ligação para a mesma pessoa saiu.",
                            " e aceitas: outra ligação para as mesmas pessoas saiu.")))
        }
        return lines
    }

    private static func resolved(_ count: Int) -> String { count == 1 ? "1 resolvida" : "\(count) resolvidas" }
}
