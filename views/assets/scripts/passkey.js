;(function () {
  'use strict'
  const webauthn = window.SimpleWebAuthnBrowser
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const say = (name) => {
      const note = form.parentNode.querySelector('[data-note=' + name + ']')
      if (note) note.hidden = false
    }
    if (!webauthn || !webauthn.browserSupportsWebAuthn()) {
      say('unsupported')
      continue
    }
    form.hidden = false
    form.addEventListener('submit', function (event) {
      event.preventDefault()
      const start =
        form.dataset.passkey === 'create'
          ? webauthn.startRegistration
          : webauthn.startAuthentication
      start({ optionsJSON: JSON.parse(form.dataset.options) }).then(
        function (answer) {
          form.elements.namedItem('answer').value = JSON.stringify(answer)
          form.submit()
        },
        function () {
          say('stopped')
        },
      )
    })
  }
})()
