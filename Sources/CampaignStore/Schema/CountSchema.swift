/// The table of kept counts, and the triggers that keep it; part of ``Schema``.
///
/// Counting the index of a million contacts takes a quarter of a second, which `status` and each commit that shows
/// figures would wait for. What is few, or follows from the rest, is not kept: whoever is being dialed is counted in
/// contact_by_turn, and whoever is ready is the rest of those imported. So an import, and the claim of a call, cost
/// nothing more, and a call one small update when its result is known.
enum CountSchema {
    static let tables = """
        -- Contacts by state, and by what came of their calls. Those of an unfinished import are counted apart.
        CREATE TABLE contact_count (
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            is_new INTEGER NOT NULL CHECK (is_new BETWEEN 0 AND 1),
            accepted INTEGER NOT NULL DEFAULT 0,
            failed INTEGER NOT NULL DEFAULT 0,
            in_doubt INTEGER NOT NULL DEFAULT 0,
            excluded INTEGER NOT NULL DEFAULT 0,
            delivered INTEGER NOT NULL DEFAULT 0,
            answered INTEGER NOT NULL DEFAULT 0,
            not_answered INTEGER NOT NULL DEFAULT 0,
            called_back INTEGER NOT NULL DEFAULT 0,
            replied INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (campaign_id, is_new)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER contact_count_begins AFTER INSERT ON campaign_row BEGIN
            INSERT INTO contact_count (campaign_id, is_new) VALUES (NEW.id, 0), (NEW.id, 1);
        END;
        CREATE TRIGGER contact_count_ends BEFORE DELETE ON campaign_row BEGIN
            DELETE FROM contact_count WHERE campaign_id = OLD.id;
        END;
        CREATE TRIGGER contact_count_by_state AFTER UPDATE OF state ON contact_row
        WHEN OLD.state <> NEW.state AND NOT (\(isOpen("OLD")) AND \(isOpen("NEW"))) BEGIN
            UPDATE contact_count SET \(change(states))
            WHERE campaign_id = NEW.campaign_id AND is_new = \(isNew("NEW"));
        END;
        CREATE TRIGGER contact_count_by_outcome AFTER UPDATE OF delivery, answer, called_back_at, replied_at ON contact_row
        WHEN OLD.delivery IS NOT NEW.delivery OR OLD.answer IS NOT NEW.answer
            OR (OLD.called_back_at IS NULL) <> (NEW.called_back_at IS NULL)
            OR (OLD.replied_at IS NULL) <> (NEW.replied_at IS NULL) BEGIN
            UPDATE contact_count SET \(change(outcomes)) WHERE campaign_id = NEW.campaign_id AND is_new = \(isNew("NEW"));
        END;
        CREATE TRIGGER contact_count_without AFTER DELETE ON contact_row
        WHEN NOT \(isOpen("OLD")) OR OLD.delivery IS NOT NULL OR OLD.called_back_at IS NOT NULL
            OR OLD.replied_at IS NOT NULL BEGIN
            UPDATE contact_count SET \(loss(states + outcomes))
            WHERE campaign_id = OLD.campaign_id AND is_new = \(isNew("OLD"));
        END;
        """

    /// A count, and which contacts are in it: a condition on the row called `$`.
    private typealias Count = (column: String, condition: String)

    /// The columns, as they are counted anew.
    static var columns: [(column: String, condition: String)] {
        (states + outcomes).map { ($0.column, $0.condition.replacing("$", with: "contact_row")) }
    }

    private static let states: [Count] = ["accepted", "failed", "in_doubt", "excluded"].map {
        ($0, "$.state = '\($0)'")
    }

    private static let outcomes: [Count] = [
        ("delivered", "$.delivery IS 'delivered'"), ("answered", "$.answer IS 'answered'"),
        ("not_answered", "$.answer IS 'not_answered'"), ("called_back", "$.called_back_at IS NOT NULL"),
        ("replied", "$.replied_at IS NOT NULL"),
    ]

    private static func isOpen(_ row: String) -> String { "(\(row).state = 'ready' OR \(row).state = 'dialing')" }

    private static func isNew(_ row: String) -> String { "(\(row).id >= (SELECT contacts_end FROM store))" }

    private static func change(_ counts: [Count]) -> String {
        counts.map { column, condition in
            let (old, new) = (condition.replacing("$", with: "OLD"), condition.replacing("$", with: "NEW"))
            return "\(column) = \(column) - (\(old)) + (\(new))"
        }.joined(separator: ", ")
    }

    private static func loss(_ counts: [Count]) -> String {
        counts.map { "\($0.column) = \($0.column) - (\($0.condition.replacing("$", with: "OLD")))" }
            .joined(separator: ", ")
    }
}
