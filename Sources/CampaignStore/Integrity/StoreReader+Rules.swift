import CampaignCore
import GRDB

extension StoreReader {
    /// A rule that holds in every sound database, with a query that counts the violations.
    struct Rule {
        var words: @Sendable (Int) -> Phrase
        /// Uses contact_row if contacts of an unfinished import count too.
        var sql: String

        func defects(_ db: Database) throws -> [DatabaseDefect] {
            let count = try Int.fetchOne(db, sql: sql) ?? 0
            return count == 0 ? [] : [DatabaseDefect(phrase: words(count))]
        }
    }

    static let rules = [
        Rule(
            words: {
                Phrase(
                    "\($0.counted("contact")) too many or too few: the states do not add up to what was imported",
                    "\(Language.portuguese.counted($0, .contact)) a mais ou a menos: os estados não somam o que foi importado"
                )
            },
            sql: """
                SELECT ifnull(sum(abs(
                    (SELECT count(*) FROM contact WHERE campaign_id = campaign.id)
                    - (SELECT ifnull(sum(accepted), 0) FROM import WHERE campaign_id = campaign.id))), 0) FROM campaign
                """),
        Rule(
            words: {
                Phrase(
                    "\($0.counted("kept count")) of contacts \($0.noun("is", "are")) wrong",
                    "\($0) \($0.noun("contagem guardada de contatos está errada", "contagens guardadas de contatos estão erradas"))"
                )
            },
            sql: KeptCounts.wrong),
        Rule(
            words: {
                Phrase(
                    "\($0.counted("kept sum")) of calls over time \($0.noun("is", "are")) wrong",
                    "\($0) \($0.noun("soma guardada de ligações ao longo do tempo está errada", "somas guardadas de ligações ao longo do tempo estão erradas"))"
                )
            },
            sql: SeriesRules.wrong),
        Rule(
            words: {
                Phrase(
                    "\($0.counted("contact")) \($0.noun("is", "are")) missing from the index contact_by_turn, or in it twice",
                    "\(Language.portuguese.counted($0, .contact)) \($0.noun("falta", "faltam")) no índice contact_by_turn, ou \($0.noun("está", "estão")) nele duas vezes"
                )
            },
            sql: """
                SELECT abs((SELECT count(*) FROM contact_row NOT INDEXED)
                    - (SELECT count(state) FROM contact_row INDEXED BY contact_by_turn WHERE campaign_id >= 0))
                """),
        Rule(
            words: {
                Phrase(
                    "\($0.counted("number")) \($0.noun("belongs", "belong")) to no contact",
                    "\(Language.portuguese.counted($0, .number)) não \($0.noun("pertence", "pertencem")) a nenhum contato"
                )
            },
            // A contact that got WhatsApp's form of its number is still known by the old one too, and one that is called
            // on the next phone of its row by those before.
            sql: """
                SELECT count(*) FROM contact_identity AS known LEFT JOIN contact_row AS contact ON contact.id = known.contact_id
                WHERE contact.campaign_id IS NOT known.campaign_id
                    OR contact.identity <> known.identity AND contact.whatsapp_at IS NULL AND NOT EXISTS (
                        SELECT 1 FROM contact_phone AS former WHERE former.contact_id = contact.id
                            AND former.identity = known.identity AND former.ended IS NOT NULL)
                """),
        Rule(
            words: {
                Phrase(
                    "\($0.counted("contact")) cannot be found by \($0.noun("its number", "their numbers"))",
                    "\(Language.portuguese.counted($0, .contact)) não \($0.noun("pode ser encontrado pelo seu número", "podem ser encontrados pelos seus números"))"
                )
            },
            // The identity may belong to a contact that was excluded in favor of this one, since WhatsApp treats the
            // two numbers as one; or to one that is called on this one's number.
            sql: """
                SELECT count(*) FROM contact LEFT JOIN contact_identity AS known
                    ON known.campaign_id = contact.campaign_id AND known.identity = contact.identity
                LEFT JOIN contact_row AS holder ON holder.id = known.contact_id
                WHERE known.contact_id IS NOT contact.id
                    AND NOT ifnull(holder.state = 'excluded' AND holder.reason = 'same_whatsapp', 0)
                    AND NOT (\(StandingBack.condition("contact")) AND EXISTS (
                        SELECT 1 FROM contact_phone AS further WHERE further.contact_id = known.contact_id
                            AND further.identity = contact.identity AND further.place > 0))
                """),
        Rule(
            words: {
                Phrase(
                    "\($0.counted("contact")) \($0.noun("is", "are")) dialed under a number that its row does not have",
                    "\(Language.portuguese.counted($0, .contact)) \($0.noun("é discado", "são discados")) com um número que a linha não tem"
                )
            },
            // A number that was left behind comes before the present one, unless that was reached after all, and leads to
            // the contact all the same; one that is passed over is neither.
            sql: """
                SELECT count(*) FROM (SELECT DISTINCT contact_id FROM contact_phone) AS several
                JOIN contact_row AS contact ON contact.id = several.contact_id
                LEFT JOIN contact_phone AS own ON own.contact_id = contact.id AND own.identity = contact.identity
                WHERE own.place IS NULL OR own.ended IS NOT NULL
                    OR NOT EXISTS (SELECT 1 FROM contact_phone WHERE contact_id = contact.id AND place = 0)
                    OR EXISTS (
                        SELECT 1 FROM contact_phone AS former WHERE former.contact_id = contact.id
                            AND former.ended <> '\(ContactPhones.calledRecently)'
                            AND (former.place > own.place AND NOT EXISTS (
                                SELECT 1 FROM attempt WHERE attempt.contact_id = contact.id
                                    AND attempt.place = former.place) OR NOT EXISTS (
                                SELECT 1 FROM contact_identity AS known WHERE known.campaign_id = contact.campaign_id
                                    AND known.identity = former.identity AND known.contact_id = contact.id)))
                """),
        Rule(
            words: {
                Phrase(
                    "\($0.counted("attempt")) dialed a number that its contact never had",
                    "\(Language.portuguese.counted($0, .attempt)) \($0.noun("discou", "discaram")) um número que o contato nunca teve"
                )
            },
            sql: """
                SELECT count(*) FROM attempt LEFT JOIN contact_phone AS dialed
                    ON dialed.contact_id = attempt.contact_id AND dialed.place = attempt.place
                WHERE attempt.place IS NOT NULL
                    AND (dialed.place IS NULL OR dialed.ended IS NULL AND \(ContactPhones.mayHaveReachedIt("attempt")))
                """),
        Rule(
            words: {
                Phrase(
                    "\($0.counted("row")) too many or too few in the table store",
                    "\(Language.portuguese.counted($0, .row)) a mais ou a menos na tabela store")
            },
            sql: "SELECT abs(count(*) - 1) FROM store"),
        Rule(
            words: {
                Phrase(
                    "\($0.counted("contact")) \($0.noun("counts", "count")) more or fewer attempts than there are",
                    "\(Language.portuguese.counted($0, .contact)) \($0.noun("conta", "contam")) mais ou menos tentativas do que existem"
                )
            },
            sql: """
                SELECT count(*) FROM contact LEFT JOIN
                    (SELECT contact_id, count(*) AS made, max(number) AS last FROM attempt GROUP BY contact_id) AS list
                    ON list.contact_id = contact.id
                WHERE contact.attempts <> ifnull(made, 0) OR contact.attempts <> ifnull(last, 0)
                """),
        Rule(
            words: {
                Phrase(
                    "\($0.counted("contact")) \($0.noun("shows", "show")) an outcome that none of its calls has",
                    "\(Language.portuguese.counted($0, .contact)) \($0.noun("mostra", "mostram")) um desfecho que nenhuma das suas ligações tem"
                )
            },
            sql: """
                SELECT count(*) FROM contact WHERE attempts > 0 AND NOT EXISTS (
                    SELECT 1 FROM attempt WHERE contact_id = contact.id AND contact.delivery IS attempt.delivery
                        AND contact.delivery_error IS attempt.delivery_error AND contact.answer IS attempt.answer
                        AND contact.answered_at IS attempt.answered_at)
                """),
        Rule(
            words: {
                Phrase(
                    "\($0.counted("person", "people")) \($0.noun("is", "are")) held by a reply that is decided",
                    "\(Language.portuguese.counted($0, .person)) \($0.noun("está retida", "estão retidas")) por uma resposta já decidida"
                )
            },
            sql: """
                SELECT count(DISTINCT hold.identity) FROM hold LEFT JOIN reply ON reply.id = hold.reply_id
                WHERE reply.level IS NOT 'review' OR reply.decision IS NOT NULL
                """),
        Rule(
            words: {
                Phrase(
                    "\($0.counted("contact")) \($0.noun("is", "are")) being dialed without an open intent",
                    "\(Language.portuguese.counted($0, .contact)) \($0.noun("está", "estão")) sendo \($0.noun("discado", "discados")) sem uma intenção aberta"
                )
            },
            sql: """
                SELECT count(*) FROM contact LEFT JOIN attempt
                    ON attempt.contact_id = contact.id AND attempt.number = contact.attempts
                WHERE state = 'dialing' AND (attempt.contact_id IS NULL OR attempt.outcome IS NOT NULL)
                """),
    ]
}
