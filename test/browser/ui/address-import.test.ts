/** Data from the web, with the real import worker. The tests' own server is the only one that is asked. */
import { page } from 'vitest/browser';
import { describe, expect, it } from 'vitest';
import { expectNoViolations, openApp } from './open-app.ts';

describe('loading from an address', () => {
  it('reads the file behind it and asks which column is what', async () => {
    await openApp('#/data');
    await page.getByText('Load it from an address').click();
    await expectNoViolations();
    const file = page.getByLabelText('Address of a file');
    await file.fill('ftp://example.org/a.csv');
    await page.getByRole('button', { name: 'Load the file' }).click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Expected one that begins with https://');
    await file.fill(new URL('../../fixtures/capitals.csv', import.meta.url).href);
    await page.getByRole('button', { name: 'Load the file' }).click();
    await expect.element(page.getByText('6 examples to save')).toBeVisible();
    await expect.element(page.getByLabelText('Name of the dataset')).toHaveValue('capitals');
  });

  it('says what Hugging Face is asked for, and its limits', async () => {
    await openApp('#/data');
    await page.getByText('Load a dataset from Hugging Face').click();
    await expect.element(page.getByText('5,000 at most', { exact: false })).toBeVisible();
    await page.getByLabelText('Rows', { exact: true }).fill('6000');
    await expect.element(page.getByText('Enter a number from 1 to 5,000.')).toBeVisible();
    await expectNoViolations();
  });
});
