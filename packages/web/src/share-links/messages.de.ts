import type { messages as english } from './messages.en.ts'

/** The words of share links, in German. */
export const messages: Record<keyof typeof english, string> = {
  'shareLink.button': 'Link freigeben',

  'sharing.title': 'Linkfreigabe',
  'sharing.shareLink': 'Freigabelink',
  'sharing.notYet': 'Dieser Link öffnet noch nichts. Er wird lebendig, sobald Sie ihn kopieren.',
  'sharing.notMade': 'Der Link konnte nicht angelegt werden: Was im Feld steht, öffnet noch nichts.',
  'sharing.copied': 'Kopiert. Der Link funktioniert jetzt.',
  'sharing.live': 'Der Link funktioniert.',
  'sharing.copyByHand':
    'Der Browser hat diese Seite nicht kopieren lassen. Der Link funktioniert und ist markiert: Drücken Sie Strg+C.',
  'sharing.saving': 'Wird gespeichert …',
  'sharing.saved': 'Gespeichert. Es gilt für denselben Link: Wer ihn hat, braucht keinen anderen.',
  'sharing.problem': 'Wählen Sie einen Ablauf, den der Link haben kann. Bis dahin wird nichts gespeichert.',
  'sharing.anew': 'Neuen Link holen',
  'sharing.stuck':
    'Was Sie zuletzt gewählt haben, ist nicht gespeichert. Versuchen Sie es noch einmal, oder schließen Sie ein zweites Mal, um es zu lassen, wie es war.',
  'sharing.openAsRecipient': 'Als Empfänger öffnen',
  'sharing.makesIt': 'Der Link wird dafür angelegt und funktioniert von da an.',

  'setting.title': 'Titel',
  'setting.title.text': 'Empfänger sehen ihn über dem, was freigegeben ist.',
  'setting.title.default': 'Wie das Freigegebene',
  'setting.expiresAt': 'Ablauf',
  'setting.originals': 'Herunterladen der Originaldatei erlauben',
  'setting.renditions': 'Herunterladen von Ausgabedarstellungen erlauben',
  'setting.audience': 'Wer ihn öffnen kann',
  'setting.mode': 'Was er zeigt',
  'audience.anyone': 'Alle, die den Link haben',
  'audience.anyone.text': 'Niemand muss sich anmelden.',
  'audience.members': 'Nur Personen mit Konto',
  'audience.members.text': 'Sie melden sich an, um ihn zu öffnen, und finden ihn unter „Für mich freigegeben“.',
  'mode.live': 'Laufend',
  'mode.live.text': 'Auch was später dazukommt.',
  'mode.frozen': 'Wie es jetzt ist',
  'mode.frozen.text': 'Nichts kommt später dazu; von dem, was da ist, werden neue Versionen gezeigt.',
  'mode.versions': 'Diese Versionen',
  'mode.versions.text': 'Nichts kommt später dazu, und jedes Asset bleibt in seiner jetzigen Version.',

  'expiry.zone': 'In Ihrer Zeitzone, {zone}.',
  'expiry.zoneAndLatest': 'In Ihrer Zeitzone, {zone}. Spätestens {latest}.',
  'expiry.choice.day': '1 Tag',
  'expiry.choice.week': '1 Woche',
  'expiry.choice.month': '1 Monat',
  'expiry.never': 'Läuft nie ab',
  'expiry.never.choose': 'Läuft nie ab',
  'expiry.will': 'Läuft {relative} ab, am {when}',
  'expiry.was': 'Ist {relative} abgelaufen, am {when}',
  'problem.expiry-missing': 'Geben Sie ein Datum und eine Uhrzeit ein.',
  'problem.expiry-past': 'Das ist schon vorbei. Wählen Sie einen späteren Zeitpunkt.',
  'problem.expiry-late': 'So lange kann ein Link nicht gelten. Wählen Sie einen früheren Zeitpunkt.',

  'existing.there': 'Sie haben schon einen Link darauf: „{title}“.',
  'existing.use': 'Diesen Link verwenden',
  'existing.new': 'Einen weiteren anlegen',
  'newer.there':
    'Jemand anders hat diesen Link inzwischen geändert: {changed}. Von dem, was Sie gewählt haben, ist noch nichts gespeichert.',
  'newer.mine': 'Meine Wahl speichern',
  'newer.theirs': 'Die andere übernehmen',

  'preview.title': 'Was Empfänger sehen',
  'preview.more': '{count, plural, one {und # weiteres} other {und # weitere}}',
  'preview.folders': '{count, plural, one {# Ordner} other {# Ordner}}',
  'preview.assets': '{count, plural, =0 {noch keine Assets} one {# Asset} other {# Assets}}',
  'preview.nothingLeftOut': 'Nichts wird weggelassen.',
  'preview.leftOut': 'Was weggelassen wird, und warum',
  'preview.lookOnly': 'Empfänger können es ansehen und nichts herunterladen.',
  'leftOut.no-read':
    '{count, plural, one {# wird weggelassen: Sie dürfen es nicht sehen.} other {# werden weggelassen: Sie dürfen sie nicht sehen.}}',
  'leftOut.no-share':
    '{count, plural, one {# wird weggelassen: Sie dürfen es nicht freigeben.} other {# werden weggelassen: Sie dürfen sie nicht freigeben.}}',
  'leftOut.in-trash':
    '{count, plural, one {# wird weggelassen: Es liegt im Papierkorb.} other {# werden weggelassen: Sie liegen im Papierkorb.}}',
  'leftOut.no-original':
    '{assets, plural, one {# wird ohne Original gezeigt: Sie dürfen es selbst nicht herunterladen.} other {# werden ohne Originale gezeigt: Sie dürfen sie selbst nicht herunterladen.}}',
  'leftOut.no-rendition':
    '{assets, plural, one {Von # können keine Ausgabedarstellungen heruntergeladen werden: Sie dürfen es selbst nicht.} other {Von # können keine Ausgabedarstellungen heruntergeladen werden: Sie dürfen es selbst nicht.}}',
  'leftOut.names': '({names})',
  'leftOut.namesAndMore': '({names} und mehr)',
  'refused.why':
    '{count, plural, one {Das kann nicht freigegeben werden:} other {Diese können nicht freigegeben werden:}}',
  'refused.rest': '{count, plural, one {Das andere freigeben} other {Die anderen # freigeben}}',
  'targetState.not-found': 'ist nicht mehr da, oder Sie dürfen es nicht sehen.',
  'targetState.in-trash': 'liegt im Papierkorb.',
  'targetState.no-read': 'dürfen Sie nicht sehen.',
  'targetState.no-share': 'dürfen Sie nicht freigeben.',
  'targetState.shown': 'kann freigegeben werden.',

  'qr.show': 'QR-Code',
  'qr.alt': 'QR-Code des Links „{title}“',
  'qr.saveSvg': 'Als SVG speichern',
  'qr.savePng': 'Als PNG speichern',
  'qr.failed': 'Der QR-Code konnte nicht geladen werden.',
}
