import type { messages as english } from './en.ts'

/** A sentence for each failure that the server can answer, in German. */
export const messages: Record<keyof typeof english, string> = {
  'problem.request/invalid': 'Der Server hat das nicht verstanden. Prüfen Sie Ihre Eingaben.',
  'problem.request/not-found': 'Unter dieser Adresse gibt es nichts.',
  'problem.request/method-not-allowed': 'Das geht hier nicht. Laden Sie die Seite neu und wiederholen Sie es.',
  'problem.request/unsupported-media-type': 'Diese Art von Inhalt nimmt der Server hier nicht an.',
  'problem.request/cross-site':
    'Der Browser meldet, dass eine andere Website das gesendet hat. Öffnen Sie Vitrine in einem eigenen Tab.',
  'problem.request/too-large': 'Das ist mehr, als der Server auf einmal annimmt.',
  'problem.request/too-many': 'Im Moment zu viele Anfragen. Warten Sie kurz und versuchen Sie es noch einmal.',
  'problem.request/csrf': 'Diese Seite ist veraltet. Laden Sie sie neu und wiederholen Sie den Schritt.',
  'problem.access/unauthenticated': 'Sie sind nicht angemeldet.',
  'problem.access/denied': 'Das dürfen Sie nicht. Wenden Sie sich an die Administration, wenn Sie es brauchen.',
  'problem.people/name-taken': 'Es gibt schon eine Person oder Gruppe mit diesem Namen. Wählen Sie einen anderen.',
  'problem.people/not-found': 'Das gibt es nicht mehr. Vielleicht wurde es inzwischen beendet oder entfernt.',
  'problem.people/disabled': 'Dieses Konto ist gesperrt. Bitten Sie die Administration, es freizugeben.',
  'problem.people/password-too-short': 'Dieses Passwort ist zu kurz: Es braucht mindestens {limit, number} Zeichen.',
  'problem.people/password-must-change': 'Wählen Sie zuerst ein eigenes Passwort.',
  'problem.people/password-unchanged': 'Dieses Passwort haben Sie schon. Wählen Sie ein anderes.',
  'problem.people/group-cycle': 'Eine Gruppe kann nicht in sich selbst liegen.',
  'problem.people/holds-links':
    'Diese Person hält noch gültige Links. Entscheiden Sie zuerst, was aus ihnen werden soll.',
  'problem.node/not-found': 'Das gibt es nicht mehr, oder Sie dürfen es nicht sehen.',
  'problem.node/name-taken': 'Hier gibt es schon etwas mit diesem Namen. Wählen Sie einen anderen.',
  'problem.node/name-invalid':
    'Das kann kein Name sein. Lassen Sie Schrägstriche weg und kürzen Sie ihn, wenn er lang ist.',
  'problem.node/not-a-folder': 'Das ist kein Ordner.',
  'problem.node/not-an-asset': 'Das ist ein Ordner und kein Asset.',
  'problem.node/cycle': 'Ein Ordner kann nicht in sich selbst verschoben werden.',
  'problem.node/changed':
    'Jemand anderes hat das inzwischen geändert. Sehen Sie sich den neuen Stand an und entscheiden Sie dann neu.',
  'problem.node/place-gone': 'Den Ordner, in dem das lag, gibt es nicht mehr. Wählen Sie einen anderen.',
  'problem.version/not-found': 'Diese Version gibt es nicht mehr.',
  'problem.operation/not-found': 'Das steht nicht mehr in der Liste.',
  'problem.operation/not-undoable': 'Das lässt sich nicht rückgängig machen, oder es ist schon geschehen.',
  'problem.operation/too-many':
    'Von Ihnen laufen noch {limit, number} Vorgänge. Warten Sie auf einen davon, oder brechen Sie einen ab.',
  'problem.blob/damaged': 'Die gespeicherten Daten sind beschädigt. Sagen Sie der Administration Bescheid.',
  'problem.storage/full': 'Auf dem Server ist kein Platz mehr. Sagen Sie der Administration Bescheid.',
  'problem.import/unreadable': 'Der Server kann diesen Ordner nicht lesen.',
  'problem.import/running': 'In diesen Ordner läuft schon ein Import.',
  'problem.share-link/not-found': 'Diesen Link gibt es nicht.',
  'problem.share-link/expired': 'Dieser Link ist abgelaufen. Mit einem späteren Ablauf gilt er wieder.',
  'problem.share-link/revoked': 'Dieser Link wurde widerrufen. Erstellen Sie einen neuen.',
  'problem.share-link/used-up': 'Dieser Link ist aufgebraucht.',
  'problem.share-link/suspended': 'Dieser Link ist ausgesetzt: Wer ihn hält, darf im Moment nicht alles davon teilen.',
  'problem.share-link/expiry-out-of-range': 'So lange kann ein Link nicht gelten. Wählen Sie einen früheren Ablauf.',
  'problem.share-link/no-targets': 'Darin ist nichts, was Sie teilen dürfen.',
  'problem.share-link/changed':
    'Jemand anderes hat diesen Link inzwischen geändert. Sehen Sie ihn sich noch einmal an und entscheiden Sie dann.',
  'problem.share-link/draft-out-of-date': 'Dieser Dialog war zu lange offen. Öffnen Sie ihn noch einmal, um zu teilen.',
  'problem.share-link/made-already':
    'Diesen Link gibt es schon, mit anderen Einstellungen. Ändern Sie ihn stattdessen.',
  'problem.share-link/members-only': 'Dieser Link ist für Personen mit Konto. Melden Sie sich an, um ihn zu öffnen.',
  'problem.share-link/not-ended': 'Dieser Link gilt noch. Beenden Sie ihn zuerst.',
  'problem.share-link/too-many-items':
    'Das ist mehr, als ein Link in seinem jetzigen Stand fassen kann. Teilen Sie es samt späteren Ergänzungen, oder wählen Sie weniger.',
  'problem.upload/not-found': 'Diesen Upload gibt es nicht mehr. Beginnen Sie ihn neu.',
  'problem.upload/expired': 'Dieser Upload hat zu lange geruht. Beginnen Sie ihn neu.',
  'problem.upload/locked': 'Von diesem Upload kommen gerade schon Daten an. Versuchen Sie es gleich noch einmal.',
  'problem.upload/offset-conflict': 'Der Upload geht an einer anderen Stelle weiter. Versuchen Sie es noch einmal.',
  'problem.upload/checksum-mismatch':
    'Was angekommen ist, ist nicht, was gesendet wurde. Versuchen Sie es noch einmal.',
  'problem.upload/digest-mismatch':
    'Was angekommen ist, ist nicht, was angekündigt war. Senden Sie die Datei noch einmal.',
  'problem.upload/protocol-version': 'Diese Seite ist älter als der Server. Laden Sie sie neu.',
  'problem.upload/too-many':
    'Sie haben {limit, number} Uploads, die nicht fertig sind. Beenden Sie zuerst einige davon oder brechen Sie sie ab.',
  'problem.item/not-found': 'Das gehört nicht mehr zu dem Link.',
  'problem.rendition/not-found': 'Diese Ausgabedarstellung gibt es nicht.',
  'problem.rendition/not-ready': 'Diese Ausgabedarstellung wird noch erstellt. Versuchen Sie es gleich noch einmal.',
  'problem.rendition/unsupported': 'Von diesem Format werden keine Ausgabedarstellungen erstellt.',
  'problem.rendition/too-large': 'Das Bild ist zu groß für eine Ausgabedarstellung.',
  'problem.rendition/damaged': 'Das Bild ist beschädigt: Davon lässt sich keine Ausgabedarstellung erstellen.',
  'problem.rendition/timed-out': 'Diese Ausgabedarstellung zu erstellen hat zu lange gedauert.',
  'problem.rendition/failed': 'Diese Ausgabedarstellung konnte nicht erstellt werden.',
  'problem.download/not-found': 'Diesen Download gibt es nicht.',
  'problem.download/empty': 'Darin ist nichts, was heruntergeladen werden darf.',
  'problem.download/over-limit': 'Das ist mehr, als auf einmal heruntergeladen werden darf. Wählen Sie weniger.',
  'problem.download/originals-not-allowed': 'Die Originale dürfen Sie nicht herunterladen.',
  'problem.download/renditions-not-allowed': 'Die Ausgabedarstellungen dürfen Sie nicht herunterladen.',
  'problem.download/not-ready': 'Dieser Download wird noch vorbereitet.',
  'problem.download/expired': 'Dieser Download ist abgelaufen. Reihen Sie ihn neu ein.',
  'problem.download/cancelled': 'Dieser Download wurde abgebrochen. Reihen Sie ihn neu ein.',
  'problem.download/contents-withdrawn':
    'Etwas in diesem Download darf nicht mehr weitergegeben werden. Reihen Sie ihn neu ein.',
  'problem.server/starting': 'Der Server startet gerade. Es geht gleich von selbst weiter.',
  'problem.server/already-running': 'Auf diesen Daten läuft schon ein anderer Server.',
  'problem.server/unreachable': 'Der Server ist nicht erreichbar.',
  'problem.server/internal':
    'Auf dem Server ist etwas schiefgegangen. Versuchen Sie es noch einmal; wenn es so bleibt, sagen Sie der Administration Bescheid.',
}
